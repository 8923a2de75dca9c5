const key = 'lastaccessedbot.person';

export const recall = () => localStorage.getItem(key);

export function remember(person) {
    localStorage.setItem(key, person);
    const address = new URL(location.href);
    address.searchParams.set('as', person);
    history.replaceState(history.state, '', address);
}

// Resolves with what was filled in, by the fields' names, or with null where the person thought better of it.
export function ask(dialog) {
    const form = dialog.querySelector('form');
    form.reset();
    dialog.returnValue = '';
    dialog.showModal();
    return new Promise(answer => dialog.addEventListener('close', () => answer(dialog.returnValue === 'yes' ? Object.fromEntries(new FormData(form)) : null), { once: true }));
}

const followed = new WeakSet();

// Keeps the end in view while the reader is there, and the focus in its message when an update takes the focused button away.
export function follow(log) {
    if (!log || followed.has(log)) return;
    followed.add(log);
    const newer = document.querySelector('[data-newer]');
    let height = log.scrollHeight;
    let view = log.clientHeight;
    let focused = null;
    // Judged by the heights of before the change: the scroll event comes a frame later than the scrolling, and a message may come between.
    const wasAtEnd = () => height - log.scrollTop - view < 48;
    const measure = () => { height = log.scrollHeight; view = log.clientHeight; };
    const toEnd = () => { log.scrollTop = log.scrollHeight; newer.hidden = true; measure(); };

    log.addEventListener('scroll', () => { if (wasAtEnd()) newer.hidden = true; }, { passive: true });
    log.addEventListener('toggle', measure, true);
    log.addEventListener('focusin', event => { focused = { element: event.target, message: event.target.closest('article')?.id }; });
    newer.addEventListener('click', toEnd);
    document.addEventListener('send', toEnd);
    new ResizeObserver(() => { if (wasAtEnd()) toEnd(); else measure(); }).observe(log);
    new MutationObserver(() => {
        if (wasAtEnd()) toEnd();
        else if (log.scrollHeight > height) newer.hidden = false;
        measure();
        if (focused && !focused.element.isConnected && document.activeElement === document.body)
            document.getElementById(focused.message)?.focus({ preventScroll: true });
    }).observe(log.querySelector('[data-messages]'), { childList: true, subtree: true, characterData: true });
    toEnd();
}
