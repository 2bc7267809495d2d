/* What is typed in a form of the desk is kept in this browser until it is saved, and offered again where it was not.
   Forms that ask for a password or a code, or that lead away from the desk, are left alone. Signing out forgets all. */
const MARK = "claimbase:text:";
const SENT = "claimbase:sent";
const PAUSE = 700;
const DAYS = 14;
const SECRET = "input[type=password], input[autocomplete=one-time-code]";
const LEFT_OUT = new Set(["token", "revision", "do"]);

const who = document.querySelector("header.desk .who a")?.textContent ?? "";
const all = () => Object.keys(localStorage).filter((key) => key.startsWith(MARK));
let isOver = false;
/* The server gave the form back as it was typed, to be mended or to go on with: nothing has to be put back. */
const refused = document.querySelector(".summary, meta[name=claimbase-form]") !== null;

function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/* Name and value of every field, as they would be sent; files cannot be kept. */
function fields(form) {
  return [...new FormData(form)].filter(([name, value]) => !LEFT_OUT.has(name) && typeof value === "string");
}

function put(form, pairs) {
  const values = new Map();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  for (const field of form.elements) {
    if (!field.name || LEFT_OUT.has(field.name) || ["file", "submit", "button", "fieldset"].includes(field.type)) continue;
    const given = values.get(field.name) ?? [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = given.includes(field.value);
    else if (given.length) field.value = given.length > 1 ? given.shift() : given[0];
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function hidden(form, name, value) {
  const made = document.createElement("input");
  Object.assign(made, { type: "hidden", name, value });
  form.append(made);
}

/* Rows that the page does not show: it makes them where it is asked for one more, and saves nothing. */
function putWithRows(form, entry, list) {
  const made = document.createElement("form");
  Object.assign(made, { method: "post", action: form.action, hidden: true });
  for (const [name, value] of entry.pairs) hidden(made, name, value);
  for (const name of ["token", "revision"]) {
    const field = form.elements.namedItem(name);
    if (field) hidden(made, name, name === "revision" ? entry.revision : field.value);
  }
  hidden(made, "do", `add:${list}`);
  document.body.append(made);
  made.submit();
}

function restore(form, entry) {
  const names = new Set([...form.elements].map((field) => field.name));
  const missing = entry.pairs.find(([name, value]) => value && !names.has(name) && /\.\d+(\.|$)/.test(name));
  if (missing) {
    putWithRows(form, entry, missing[0].replace(/\.\d+(\..*)?$/, ""));
    return;
  }
  put(form, entry.pairs);
  // Saved as from the state at which it was written: whatever others changed since is then shown, not undone.
  const revision = form.elements.namedItem("revision");
  if (revision && entry.revision) revision.value = entry.revision;
}

function button(words, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "small", textContent: words });
  made.addEventListener("click", act);
  return made;
}

function notice(form, words, ...buttons) {
  const made = document.createElement("p");
  made.className = "unsaved";
  made.setAttribute("role", "status");
  made.append(words, ...buttons.flatMap((one) => [" ", one]));
  form.before(made);
  return made;
}

function offer(form, key, entry) {
  const at = new Date(entry.at);
  const today = at.toDateString() === new Date().toDateString();
  const time = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const day = today ? "" : `${at.toLocaleDateString("en-GB", { day: "numeric", month: "long" })}, `;
  const end = (act) => () => {
    act();
    made.remove();
    form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  };
  const made = notice(
    form,
    `Text of ${day}${time} that was not saved:`,
    button("Put it back", end(() => restore(form, entry))),
    button("Forget it", end(() => localStorage.removeItem(key))),
  );
}

function watch(form) {
  const key = MARK + new URL(form.action).pathname;
  const shown = JSON.stringify(fields(form));
  const entry = kept(key);
  let timer = 0;
  let isSent = false;

  function save() {
    clearTimeout(timer);
    timer = 0;
    if (isOver) return;
    const pairs = fields(form);
    if (!refused && JSON.stringify(pairs) === shown) {
      localStorage.removeItem(key);
      return;
    }
    const revision = form.elements.namedItem("revision")?.value ?? "";
    try {
      localStorage.setItem(key, JSON.stringify({ who, at: new Date().toISOString(), revision, pairs }));
    } catch {
      localStorage.removeItem(key);
      if (!form.dataset.large) notice(form, "This is too much to be kept in this browser while it is written: save it soon.");
      form.dataset.large = "yes";
    }
  }

  if (entry && !refused) {
    if (JSON.stringify(entry.pairs) === shown) localStorage.removeItem(key);
    else offer(form, key, entry);
  }
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => {
    save();
    isSent = true;
    sessionStorage.setItem(SENT, key);
  });
  addEventListener("pagehide", () => {
    if (timer && !isSent && !isOver) save();
  });
}

function forget(keys) {
  for (const key of keys) localStorage.removeItem(key);
}

/* What was sent and taken needs no keeping; a page that says so is the proof. */
const sent = sessionStorage.getItem(SENT);
if (sent && document.querySelector(".done")) forget([sent]);
sessionStorage.removeItem(SENT);
// Another account on the same machine, or text that nobody came back for.
const oldest = new Date(Date.now() - DAYS * 86_400_000).toISOString();
forget(all().filter((key) => kept(key)?.who !== who || kept(key).at < oldest));
document.querySelector("form.who")?.addEventListener("submit", () => {
  isOver = true;
  forget(all());
});
for (const form of document.querySelectorAll("form.sheet[method=post]:not([data-unkept])")) {
  if (!form.querySelector(SECRET)) watch(form);
}
