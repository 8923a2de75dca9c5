export function put(input, text) {
    input.value = text;
    input.setSelectionRange(text.length, text.length);
    input.focus();
}

export function attach(input, composer) {
    const send = () => {
        const text = input.value;
        if (input.readOnly || !text.trim()) return;
        input.value = '';
        document.dispatchEvent(new Event('send'));
        composer.invokeMethodAsync('SendAsync', text);
    };
    input.addEventListener('keydown', event => {
        if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
        const open = input.getAttribute('aria-expanded') === 'true';
        const chosen = input.hasAttribute('aria-activedescendant');
        const forList = open && (event.key === 'Escape' || (event.key === 'Tab' && !event.shiftKey) || (event.key === 'Enter' && chosen));
        if (forList || event.key === 'ArrowUp' || event.key === 'ArrowDown') {
            event.preventDefault();
            composer.invokeMethodAsync('KeyAsync', event.key);
        } else if (event.key === 'Enter') {
            event.preventDefault();
            send();
        }
    });
    input.parentElement.querySelector('[data-send]').addEventListener('click', () => {
        send();
        input.focus();
    });
    if (matchMedia('(hover: hover)').matches) input.focus({ preventScroll: true });
}
