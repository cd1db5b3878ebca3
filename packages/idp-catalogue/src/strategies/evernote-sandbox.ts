import type { CatalogueEntry } from '../catalogue-entry.ts';
import { evernote } from './evernote.ts';

export const evernoteSandbox: CatalogueEntry = {
  ...evernote,
  name: 'evernote-sandbox',
  strategy: 'evernote-sandbox',
  displayName: 'Evernote Sandbox',
  apiBaseUrls: ['https://sandbox.evernote.com'],
  refresh: { ...evernote.refresh, tokenEndpoint: 'https://sandbox.evernote.com/oauth' },
};
