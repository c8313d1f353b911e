import { headers } from 'next/headers'

/** Remembers the last press that no one hears yet. Sending forms and following links needs no script. */
const listening = `window.earlyPress={hear(event){
  const pressed=event.target.closest?.('button:not([type=submit]),[role=tab]');
  if(!pressed)return;
  earlyPress.pressed?.removeAttribute('data-pressed-early');
  pressed.setAttribute('data-pressed-early','');
  earlyPress.pressed=pressed;
  earlyPress.event=event;
}};
addEventListener('click',earlyPress.hear,true)`

/**
 * What is pressed while the scripts of the page are still on their way, which on a slow line takes seconds, is pressed
 * again when they are there; until then it looks as if it works on it. Stands before everything that can be pressed.
 */
export async function ListenEarly() {
  const nonce = /'nonce-([^']+)'/.exec((await headers()).get('content-security-policy') ?? '')?.[1]
  return (
    <script
      {...(nonce ? { nonce } : {})}
      // A browser hides the nonce from scripts, so what is drawn always differs.
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: listening }}
    />
  )
}
