"""What is computed from documents and explained in words: findings propose, editors decide."""
