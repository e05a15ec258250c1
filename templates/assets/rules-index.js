// Filters the list of rules while one types. Without it, the form asks the server for the same.

const form = document.querySelector(".search");
const query = document.querySelector("#q");
const choices = [...form.querySelectorAll("select")];
const status = document.querySelector(".status");
const nothing = document.querySelector(".nothing");
const families = [...document.querySelectorAll(".family")];
const rules = [...document.querySelectorAll("[data-words]")];

function filter() {
  const terms = query.value.trim().toLowerCase().split(/\s+/u).filter(Boolean);
  const chosen = choices.filter((choice) => choice.value);
  let found = 0;
  for (const rule of rules) {
    const isAsked =
      terms.every((term) => rule.dataset.words.includes(term)) &&
      chosen.every(({ name, value }) => rule.dataset[name].split("|").includes(value));
    rule.hidden = !isAsked;
    if (isAsked) found += 1;
  }
  for (const family of families) {
    family.hidden = !family.querySelector("[data-words]:not([hidden])");
  }
  nothing.hidden = found > 0;
  // The same sentence as in src/render/rules-index.ts.
  const total = rules.length;
  if (found < total) status.textContent = `${found} of ${total} rules`;
  else status.textContent = total === 1 ? "1 rule" : `${total} rules`;
}

form.addEventListener("input", () => {
  filter();
  const address = new URL(location.href);
  for (const { name, value } of [query, ...choices]) {
    if (value.trim()) address.searchParams.set(name, value.trim());
    else address.searchParams.delete(name);
  }
  history.replaceState(null, "", address);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  filter();
});

// A browser that goes back puts the old words into the form, but not the old list under it.
addEventListener("pageshow", filter);
