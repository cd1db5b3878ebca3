/** What a text says as JSON, or that it says nothing: no error quotes what strangers sent. */
export function readJsonText(text: string): { readonly isJson: boolean; readonly value?: unknown } {
  try {
    return { isJson: true, value: JSON.parse(text) };
  } catch {
    return { isJson: false };
  }
}
