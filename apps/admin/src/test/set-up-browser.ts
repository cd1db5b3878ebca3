import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

afterEach(cleanup);

// What a page shows is waited for; pages are loaded when they are first opened, and a busy machine takes its time. Milliseconds.
configure({ asyncUtilTimeout: 10_000 });

// jsdom has neither of the two, and the component library asks for both.
Object.defineProperty(window, 'matchMedia', {
  value: (query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }),
});
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe(): void {
      /* Nothing has a size here. */
    }
    unobserve(): void {
      /* As above. */
    }
    disconnect(): void {
      /* As above. */
    }
  },
);
Element.prototype.scrollIntoView = () => undefined;
window.scrollTo = () => undefined;
