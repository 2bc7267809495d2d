"""The house numbers: sizes, captions and types of `app` and `kb`, beside what they aim at. Nothing enforces them."""

import ast
import tokenize
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parent.parent.parent
Function = ast.FunctionDef | ast.AsyncFunctionDef


def main() -> None:
    """Print one line for each number, then the longest files and functions."""
    paths = sorted(path for top in ("app", "kb") for path in (ROOT / top).rglob("*.py"))
    trees = {path: ast.parse(path.read_text("utf-8")) for path in paths}
    functions = [(path, node) for path, tree in trees.items() for node in ast.walk(tree) if isinstance(node, Function)]
    files = {path: len(path.read_text("utf-8").splitlines()) for path in paths if path.name != "__init__.py"}
    sizes = {f"{path.relative_to(ROOT)}:{node.lineno} {node.name}": length(node) for path, node in functions}
    say("lines of code", sum(files.values()), "")
    say("file: median / p95 / max", spread(list(files.values())), "120 / 260 / 300")
    say("function: median / p95 / max", spread(list(sizes.values())), "8 / 30 / 50")
    say("parameters: p95", percentile([parameters(node) for _, node in functions], 95), "5")
    say("branches of a function: p95", percentile([branches(node) for _, node in functions], 95), "6")
    say("return types", share(node.returns is not None for _, node in functions), "100%")
    say("module captions", share(ast.get_docstring(tree) is not None for tree in trees.values()), "100%")
    public = [node for path, node in functions if not node.name.startswith("_") and path.is_relative_to(ROOT / "kb")]
    say("docstrings of public functions in kb", share(ast.get_docstring(node) is not None for node in public), "60–80%")
    say("comment lines", f"{100 * sum(map(comments, paths)) / sum(files.values()):.1f}%", "5–8%")
    kb = [tree for path, tree in trees.items() if path.is_relative_to(ROOT / "kb")]
    say("broad except in kb", sum(map(broad, kb)), "0")
    for title, sized in (("files", {str(p.relative_to(ROOT)): n for p, n in files.items()}), ("functions", sizes)):
        print(f"\nThe longest {title}:")
        for name, lines in sorted(sized.items(), key=lambda item: -item[1])[:5]:
            print(f"  {lines:4} {name}")


def say(what: str, number: object, aim: str) -> None:
    print(f"{what:38} {number!s:20} {aim and 'aim ' + aim}")


def spread(numbers: list[int]) -> str:
    return f"{median(numbers):.0f} / {percentile(numbers, 95)} / {max(numbers)}"


def percentile(numbers: list[int], percent: int) -> int:
    """The smallest number that `percent` of them do not exceed."""
    return sorted(numbers)[max(0, -(-len(numbers) * percent // 100) - 1)]


def share(answers: object) -> str:
    """How many of the answers are yes."""
    found = list(answers)  # type: ignore[call-overload]
    return f"{100 * sum(found) / len(found):.0f}% of {len(found)}"


def length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def parameters(node: Function) -> int:
    """Without self and cls."""
    names = [one.arg for one in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]]
    return len([name for name in names if name not in ("self", "cls")])


def branches(node: Function) -> int:
    return sum(
        isinstance(one, ast.If | ast.For | ast.While | ast.IfExp | ast.ExceptHandler | ast.match_case)
        for one in ast.walk(node)
    )


def comments(path: Path) -> int:
    """Lines that hold nothing but a comment."""
    with path.open("rb") as file:
        found = [token for token in tokenize.tokenize(file.readline) if token.type == tokenize.COMMENT]
    return len([token for token in found if token.line.lstrip().startswith("#")])


def broad(tree: ast.AST) -> int:
    """Handlers that catch everything."""
    handlers = [node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)]
    return len([one for one in handlers if one.type is None or ast.unparse(one.type) in ("Exception", "BaseException")])


if __name__ == "__main__":
    main()
