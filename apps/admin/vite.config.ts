import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Where `npm start` has the API; the development server passes everything on that is not the dashboard's own. */
const api = process.env.RELAY_ORIGIN ?? 'http://localhost:3000';

export default defineConfig({
  plugins: [react()],
  build: {
    // Small files as data: URLs would need a hole in the Content-Security-Policy.
    assetsInlineLimit: 0,
    manifest: true,
  },
  server: {
    port: 5173,
    strictPort: true,
    proxy: { '/v1': api, '/dashboard-settings.json': api },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/test/set-up-browser.ts'],
  },
});
