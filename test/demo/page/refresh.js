// Shows the pull request as it is now: asks every second, replaces the content when it changed.

const content = document.querySelector("#content");
let shown = "";

async function refresh() {
  try {
    const response = await fetch("/content", { cache: "no-cache" });
    const html = await response.text();
    if (response.ok && html !== shown) {
      shown = html;
      show(html);
    }
  } catch {
    // The demo was stopped, or is busy: the next round tells.
  }
  setTimeout(refresh, 1000);
}

/** What a reader folded stays folded, as long as nothing was added. */
function show(html) {
  const folded = [...content.querySelectorAll("details")].map(({ open }) => open);
  content.innerHTML = html;
  const details = [...content.querySelectorAll("details")];
  if (details.length !== folded.length) return;
  for (const [index, element] of details.entries()) element.open = folded[index];
}

for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form, event.submitter));
    const response = await fetch(form.action, { method: "POST", body });
    if (form.id === "fix" && response.ok) form.remove();
  });
}

refresh();
