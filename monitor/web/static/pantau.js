// What the workspace can do without: telling why on a touch, hiding marks, copying a text, the widths of the tone bar,
// saying that a form is on its way.
"use strict";
for (const part of document.querySelectorAll("[data-share]")) part.style.width = part.dataset.share + "%";
for (const box of document.querySelectorAll("[data-mark]"))
  box.addEventListener("change", () => document.getElementById("text").classList.toggle("hide-" + box.dataset.mark, !box.checked));
for (const button of document.querySelectorAll("[data-copy]"))
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    try { await navigator.clipboard.writeText(field.value); }
    catch { field.select(); document.execCommand("copy"); } // no clipboard without HTTPS
    button.textContent = button.dataset.done;
  });
const why = document.getElementById("why");
for (const mark of document.querySelectorAll("mark[title]"))
  mark.addEventListener("click", () => { why.textContent = mark.title; why.hidden = false; }); // a phone shows no title
for (const form of document.querySelectorAll("form"))
  form.addEventListener("submit", event => {
    const button = event.submitter;
    if (button?.dataset.busy) setTimeout(() => { button.dataset.label ??= button.textContent; button.textContent = button.dataset.busy; button.disabled = true; });
  });
addEventListener("pageshow", () => { // back from the answer: the buttons work again
  for (const button of document.querySelectorAll("[data-label]")) { button.textContent = button.dataset.label; button.disabled = false; }
});
