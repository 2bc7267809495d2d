// The headline, the remarks and the bands follow the verdicts as they are chosen; without scripts a button asks for them.
const form = document.querySelector("#judge");
const WAIT = 400;
let waiting = 0;
let asked = 0;

// What changes is read from the same page that the button would show. Whatever goes wrong, the button is still there.
async function workOut() {
  const mine = ++asked;
  const typed = new FormData(form);
  typed.set("do", "rollup");
  const reply = await fetch(form.action, { method: "POST", body: new URLSearchParams(typed), headers: { Accept: "text/html" } }).catch(() => null);
  if (!reply?.ok || mine !== asked) return;
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const bands = page.querySelectorAll("[data-band]");
  form.querySelectorAll("[data-band]").forEach((band, n) => band.replaceChildren(...(bands[n]?.childNodes ?? [])));
  for (const part of ["#worked-out", "[data-first-sentence]"]) {
    const now = form.querySelector(part);
    const then = page.querySelector(part);
    if (now && then && !now.contains(document.activeElement)) now.replaceChildren(...then.childNodes);
  }
}

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(workOut, WAIT);
});
