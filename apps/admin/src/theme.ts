import { createTheme } from '@mantine/core';

/** The dashboard's look: the library's, with contrast that meets WCAG 2.2 AA. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 5 },
  defaultRadius: 'md',
  autoContrast: true,
  luminanceThreshold: 0.35,
  cursorType: 'pointer',
  respectReducedMotion: true,
});
