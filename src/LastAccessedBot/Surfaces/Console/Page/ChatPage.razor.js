const key = 'lastaccessedbot.person';

export const recall = () => localStorage.getItem(key);

export function remember(person) {
    localStorage.setItem(key, person);
    const address = new URL(location.href);
    address.searchParams.set('as', person);
    history.replaceState(history.state, '', address);
}

export function ask(dialog) {
    dialog.returnValue = '';
    dialog.showModal();
    return new Promise(answer => dialog.addEventListener('close', () => answer(dialog.returnValue === 'yes'), { once: true }));
}

const followed = new WeakSet();

// Keeps the end in view while the reader is there, and the focus in its message when an update takes the focused button away.
export function follow(log) {
    if (!log || followed.has(log)) return;
    followed.add(log);
    const newer = document.querySelector('[data-newer]');
    const isAtEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 48;
    const toEnd = () => { log.scrollTop = log.scrollHeight; newer.hidden = true; };
    let atEnd = true;
    let height = log.scrollHeight;
    let focused = null;
    const note = () => { atEnd = isAtEnd(); if (atEnd) newer.hidden = true; };

    log.addEventListener('scroll', note, { passive: true });
    log.addEventListener('toggle', note, true);
    log.addEventListener('focusin', event => { focused = { element: event.target, message: event.target.closest('article')?.id }; });
    newer.addEventListener('click', toEnd);
    document.addEventListener('send', () => { atEnd = true; });
    new ResizeObserver(() => { if (atEnd) toEnd(); }).observe(log);
    new MutationObserver(() => {
        if (atEnd) toEnd();
        else if (log.scrollHeight > height) newer.hidden = false;
        height = log.scrollHeight;
        if (focused && !focused.element.isConnected && document.activeElement === document.body)
            document.getElementById(focused.message)?.focus({ preventScroll: true });
    }).observe(log.querySelector('[data-messages]'), { childList: true, subtree: true, characterData: true });
    toEnd();
}
