import type { CatalogueEntry } from './catalogue-entry.ts';
import { digitalocean } from './presets/digitalocean.ts';
import { discord } from './presets/discord.ts';
import { figma } from './presets/figma.ts';
import { freshbooks } from './presets/freshbooks.ts';
import { huggingFace } from './presets/hugging-face.ts';
import { slack } from './presets/slack.ts';
import { snapchat } from './presets/snapchat.ts';
import { spotify } from './presets/spotify.ts';
import { stripeConnect } from './presets/stripe-connect.ts';
import { tiktok } from './presets/tiktok.ts';
import { tumblr } from './presets/tumblr.ts';
import { twitch } from './presets/twitch.ts';

/** Well-known IdPs that Auth0 reaches through `oauth2` connections. */
export const presets: readonly CatalogueEntry[] = [
  digitalocean,
  discord,
  figma,
  freshbooks,
  huggingFace,
  slack,
  snapchat,
  spotify,
  stripeConnect,
  tiktok,
  tumblr,
  twitch,
];
