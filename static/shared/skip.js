/** The page's skip link goes to what is on it. The address stays: it names the screen. */
export function skipTo(main) {
  document.querySelector('.skip').addEventListener('click', (event) => {
    event.preventDefault();
    main.focus();
  });
}
