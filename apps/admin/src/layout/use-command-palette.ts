import { useHotkeys } from '@mantine/hooks';
import { useState } from 'react';

/** The palette's state, as far as the page must know it before the palette itself has come. */
export interface CommandPaletteState {
  /** True from the first opening on: then it is loaded, and opens by itself. */
  readonly wasOpened: boolean;
  /** Opens it. */
  readonly open: () => void;
}

/** Opens the palette by Ctrl+K (or the command key); its own code is loaded when it is opened for the first time. */
export function useCommandPalette(): CommandPaletteState {
  const [wasOpened, setWasOpened] = useState(false);
  const open = () => {
    if (wasOpened) void import('@mantine/spotlight').then(({ spotlight }) => spotlight.open());
    else setWasOpened(true);
  };
  useHotkeys([['mod+K', open]], []);
  return { wasOpened, open };
}
