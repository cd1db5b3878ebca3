import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [react()],
  // The folder with the .env file: by default the one that `npm start` writes. Variables of the shell come before it.
  envDir: process.env.SAMPLE_PRODUCT_ENV_FOLDER ?? '../../.data/local/sample-product',
  // The tenant knows this app by its address: sign-ins come back to it, and to no other.
  server: { port: 5174, strictPort: true },
  preview: { port: 5174, strictPort: true },
  test: { environment: 'jsdom' },
});
