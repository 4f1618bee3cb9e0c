/** Goes to the first thing that is wrong, once it is marked, so that nobody looks for it. */
export function focusOnWrong(form: HTMLElement | null): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const field = form
        ?.querySelector('.wrong')
        ?.closest('.field, fieldset')
        ?.querySelector<HTMLElement>('input, select, textarea')
      field?.focus()
      field?.closest('.field, fieldset')?.scrollIntoView({ block: 'center' })
    }),
  )
}
