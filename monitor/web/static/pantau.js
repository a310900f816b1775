// What the workspace can do without: telling why on a touch, hiding marks, copying a text,
// saying that a form is on its way.
"use strict";
for (const box of document.querySelectorAll("[data-mark]"))
  box.addEventListener("change", () => document.getElementById("text").classList.toggle("hide-" + box.dataset.mark, !box.checked));
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    const folded = field.closest("details");
    try { await navigator.clipboard.writeText(field.value); }
    catch { const open = folded.open; folded.open = true; field.select(); document.execCommand("copy"); folded.open = open; } // no clipboard without HTTPS
    button.dataset.before ??= button.textContent;
    button.textContent = document.getElementById("copied").textContent = button.dataset.done;
    setTimeout(() => { button.textContent = button.dataset.before; }, 4000);
  });
}
const why = document.getElementById("why");
for (const mark of document.querySelectorAll("mark[title]"))
  mark.addEventListener("click", () => { why.textContent = mark.title; why.hidden = false; }); // a phone shows no title
for (const form of document.querySelectorAll("form"))
  form.addEventListener("submit", event => {
    const button = event.submitter;
    if (form.method === "post") { // a second tap on its way would send it twice
      if (form.dataset.sent) { event.preventDefault(); return; }
      form.dataset.sent = "1";
      setTimeout(() => delete form.dataset.sent, 5000); // the page may stay, where the way was cut
    }
    if (button?.dataset.busy) setTimeout(() => { button.dataset.label ??= button.textContent; button.textContent = button.dataset.busy; button.disabled = true; });
  });
addEventListener("pageshow", () => { // back from the answer: the buttons work again
  for (const form of document.querySelectorAll("[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[data-label]")) { button.textContent = button.dataset.label; button.disabled = false; }
});
