// Inside Zalo's, Facebook's and such browsers: shows [data-agent-hint] and how to get out of them.
// Only a hint: what the browser can do is always asked of the browser itself.
const INSIDE = [
  [/Zalo/i, "Zalo"],
  [/MessengerForiOS|Orca-Android/, "Messenger"],
  [/FBAN|FBAV|FB_IAB/, "Facebook"],
  [/Instagram/, "Instagram"],
  [/BytedanceWebview|musical_ly/, "TikTok"],
];

function intentAddress(page) {
  const address = new URL(page);
  return `intent://${address.host}${address.pathname}${address.search}#Intent;scheme=${address.protocol.slice(0, -1)};`
    + `action=android.intent.action.VIEW;S.browser_fallback_url=${encodeURIComponent(page)};end`;
}

const agent = navigator.userAgent;
const name = INSIDE.find(([pattern]) => pattern.test(agent))?.[1];
if (name) {
  const isAndroid = /Android/i.test(agent);
  for (const hint of document.querySelectorAll("[data-agent-hint]")) {
    hint.hidden = false;
    for (const words of hint.querySelectorAll("[data-agent-name]")) words.textContent = name;
    // Android takes an intent link; an iPhone cannot be forced, so there words about the menu help.
    for (const link of hint.querySelectorAll("[data-agent-open]")) {
      link.hidden = !isAndroid;
      if (isAndroid) link.href = intentAddress(link.href || location.href);
    }
    for (const words of hint.querySelectorAll("[data-agent-menu]")) words.hidden = isAndroid;
  }
}
