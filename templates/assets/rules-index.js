// Filters the list of rules while one types. Without it, the form asks the server for the same.

const input = document.querySelector("#q");
const status = document.querySelector(".status");
const nothing = document.querySelector(".nothing");
const families = [...document.querySelectorAll(".family")];
const rules = [...document.querySelectorAll("[data-words]")];

function filter() {
  const terms = input.value.trim().toLowerCase().split(/\s+/u).filter(Boolean);
  let found = 0;
  for (const rule of rules) {
    rule.hidden = !terms.every((term) => rule.dataset.words.includes(term));
    if (!rule.hidden) found += 1;
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

input.addEventListener("input", () => {
  filter();
  const address = new URL(location.href);
  if (input.value.trim()) address.searchParams.set("q", input.value.trim());
  else address.searchParams.delete("q");
  history.replaceState(null, "", address);
});

input.form.addEventListener("submit", (event) => {
  event.preventDefault();
  filter();
});
