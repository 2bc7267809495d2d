// What is selected in the text becomes a quote: its place is counted in code points, as the server counts.
const root = document.querySelector("[data-text-of-record][data-selectable]");
const inForm = document.querySelector("[data-selected]");
const WAIT = 150;

const points = (text) => {
  let n = 0;
  for (const _ of text) n++;
  return n;
};

// The place in the text of record where a range begins or ends. The root holds the text and nothing else.
export function offsetOf(root, node, offset) {
  const upTo = document.createRange();
  upTo.setStart(root, 0);
  upTo.setEnd(node, offset);
  return Number(root.dataset.start) + points(upTo.toString());
}

// A paragraph's own button, where the selection begins or ends in it, is as near as can be: nothing pops up or moves.
let turned = [];
let pressing = false;

function turnBack() {
  for (const [button, value, label] of turned) {
    button.value = value;
    button.ariaLabel = label;
    delete button.dataset.selection;
  }
  turned = [];
  if (inForm) inForm.hidden = true;
}

function offer(range) {
  const start = offsetOf(root, range.startContainer, range.startOffset);
  const end = offsetOf(root, range.endContainer, range.endOffset);
  const value = `quote:${start}-${end}`;
  for (const node of new Set([paragraph(range.startContainer), paragraph(range.endContainer)])) {
    const button = node?.querySelector(".quote-it");
    if (!button) continue;
    turned.push([button, button.value, button.ariaLabel]);
    button.value = value;
    button.ariaLabel = "Quote the selection";
    button.dataset.selection = "";
  }
  if (!inForm) return;
  inForm.querySelector("[data-use-selection]").value = value;
  inForm.querySelector("[data-selection]").textContent = `${end - start} characters`;
  inForm.hidden = false;
}

const paragraph = (node) => (node instanceof Element ? node : node.parentElement)?.closest("li");

// What of a selection lies in the text: three clicks on its last paragraph select beyond its end.
function within(selection) {
  if (!selection.rangeCount || !selection.getRangeAt(0).intersectsNode(root)) return null;
  const range = selection.getRangeAt(0).cloneRange();
  const whole = document.createRange();
  whole.selectNodeContents(root);
  if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) range.setStart(root, 0);
  if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) range.setEnd(root, root.childNodes.length);
  return range;
}

function look() {
  const range = within(document.getSelection());
  const empty = !range || range.toString().trim() === "";
  // To press a button can end the selection; what the button was about to do stands.
  if (empty && pressing) return;
  turnBack();
  if (!empty) offer(range);
}

if (root) {
  let timer;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  document.addEventListener("pointerdown", (event) => {
    pressing = event.target.closest?.("[data-selection], [data-use-selection]") !== null;
  });
  // A page that is come back to still has its selection.
  look();
}
