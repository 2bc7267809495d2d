/* Shortcuts: each does what a link, a field or a button of the page does, and none where the page has nothing of it.
   They can be turned off on the account's page, and are silent while something is being typed. */
const SWITCH = "claimbase:keys";
const FIRST = ":is(a[href], button, input, textarea, select)";
const KEYS = {
  "/": ["search", "form[role=search] input:is([type=search], [type=text])", "nav.main a[href$='desk/claims']"],
  n: ["new claim: bring in an article", "nav.main a[href$='desk/bring-in']"],
  q: ["quote what is marked", `${FIRST}[data-key=q]`, "button[data-selection]"],
  f: ["find words in the text", `${FIRST}[data-key=f]`, "input[name=find]"],
  e: ["evidence for the claim", `${FIRST}[data-key=e]`, "a[href*='/evidence/new']"],
};
const isOn = () => localStorage.getItem(SWITCH) !== "off";

function target(key) {
  const found = (KEYS[key] ?? []).slice(1).map((one) => document.querySelector(one));
  return found.find((one) => one !== null && one.checkVisibility()) ?? null;
}

function isTyping(node) {
  return node.isContentEditable || node.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=submit])");
}

function use(node) {
  if (node.matches("a, button")) node.click();
  else {
    node.focus();
    node.select?.();
  }
}

/* Ctrl+Enter saves the form in which one is, or the page's only one. */
function save(event) {
  const forms = document.querySelectorAll("form.sheet[method=post]");
  const form = event.target.form ?? (forms.length === 1 ? forms[0] : null);
  if (!form?.matches("form.sheet[method=post]")) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("button[name=do][value='']") ?? undefined);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.repeat || !isOn()) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.altKey) {
    save(event);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const found = target(event.key);
  if (found === null) return;
  event.preventDefault();
  use(found);
});

function made(name, words, ...inside) {
  const node = document.createElement(name);
  node.append(words, ...inside);
  return node;
}

/* The account's page says which there are, and has the switch. */
function tell(page) {
  const box = made("input", "");
  box.type = "checkbox";
  box.checked = isOn();
  box.addEventListener("change", () => {
    if (box.checked) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, "off");
  });
  const label = made("label", box, " ", made("span", "Keys do something on the desk’s pages, in this browser"));
  label.className = "choice";
  const rows = [...Object.entries(KEYS).map(([key, [words]]) => [key, words]), ["Ctrl + Enter", "save the form"]];
  const list = made("dl", "", ...rows.map(([key, words]) => made("div", made("dt", key), made("dd", words))));
  list.className = "facts";
  const section = made("section", made("h2", "Keyboard"), label, list);
  section.className = "sec shortcuts";
  page.append(section);
}

for (const key of Object.keys(KEYS)) target(key)?.setAttribute("aria-keyshortcuts", key);
if (location.pathname.endsWith("/desk/account")) tell(document.querySelector("main article, main .col, main"));
