/* Finding a record while its name is typed: fills the field's list of choices, and says how many there are.
   Without it the page's own list and any name typed by hand do the same. */
const FIND = new URL("../desk/find", import.meta.url);
const CHOSEN = /\[[0-9a-z]{9}\]\s*$/;
const PAUSE = 200;

const said = document.createElement("p");
said.className = "aloud";
said.setAttribute("role", "status");
document.body.append(said);

function option(row, typed) {
  const made = document.createElement("option");
  made.value = row.value;
  made.textContent = row.detail;
  // Browsers show only choices that hold what was typed; one found by another spelling has to hold it as well.
  const shown = `${row.value} ${row.detail}`.toLowerCase();
  if (!shown.includes(typed.toLowerCase())) made.textContent = `found for ${typed} · ${row.detail}`;
  return made;
}

function say(words) {
  // The same words twice are read out once; a blank in between makes them new.
  said.textContent = "";
  setTimeout(() => { said.textContent = words; }, 50);
}

function watch(input) {
  // A list of the field's own, so that one field's finds never stand below another one.
  const list = document.createElement("datalist");
  const offered = input.list ? [...input.list.options].map((one) => one.cloneNode(true)) : [];
  list.id = `${input.id}-found`;
  list.replaceChildren(...offered);
  input.after(list);
  input.setAttribute("list", list.id);
  let timer = 0;
  let asking = null;

  async function ask(typed) {
    asking?.abort();
    asking = new AbortController();
    const address = new URL(FIND);
    address.search = new URLSearchParams({ kind: input.dataset.pick, q: typed });
    try {
      const reply = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } });
      if (!reply.ok || !reply.headers.get("content-type")?.startsWith("application/json")) throw new Error("no list");
      const rows = await reply.json();
      list.replaceChildren(...rows.map((row) => option(row, typed)));
      say(rows.length ? `${rows.length} found. Arrow keys choose.` : "Nothing of this name so far.");
    } catch (error) {
      if (error.name !== "AbortError") say("Names cannot be looked up at the moment. The name as typed will do.");
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    const typed = input.value.trim();
    if (CHOSEN.test(typed)) return;
    if (!typed) {
      asking?.abort();
      list.replaceChildren(...offered);
      return;
    }
    timer = setTimeout(ask, PAUSE, typed);
  });
}

for (const input of document.querySelectorAll("input[data-pick]")) watch(input);
