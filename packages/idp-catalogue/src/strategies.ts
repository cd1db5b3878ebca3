import type { CatalogueEntry } from './catalogue-entry.ts';
import { ad } from './strategies/ad.ts';
import { adfs } from './strategies/adfs.ts';
import { amazon } from './strategies/amazon.ts';
import { apple } from './strategies/apple.ts';
import { auth0 } from './strategies/auth0.ts';
import { auth0Adldap } from './strategies/auth0-adldap.ts';
import { auth0Oidc } from './strategies/auth0-oidc.ts';
import { baidu } from './strategies/baidu.ts';
import { bitbucket } from './strategies/bitbucket.ts';
import { bitly } from './strategies/bitly.ts';
import { box } from './strategies/box.ts';
import { custom } from './strategies/custom.ts';
import { daccount } from './strategies/daccount.ts';
import { dropbox } from './strategies/dropbox.ts';
import { dwolla } from './strategies/dwolla.ts';
import { email } from './strategies/email.ts';
import { evernote } from './strategies/evernote.ts';
import { evernoteSandbox } from './strategies/evernote-sandbox.ts';
import { exact } from './strategies/exact.ts';
import { facebook } from './strategies/facebook.ts';
import { fitbit } from './strategies/fitbit.ts';
import { github } from './strategies/github.ts';
import { googleApps } from './strategies/google-apps.ts';
import { googleOauth2 } from './strategies/google-oauth2.ts';
import { instagram } from './strategies/instagram.ts';
import { ip } from './strategies/ip.ts';
import { line } from './strategies/line.ts';
import { linkedin } from './strategies/linkedin.ts';
import { oauth1 } from './strategies/oauth1.ts';
import { oauth2 } from './strategies/oauth2.ts';
import { office365 } from './strategies/office365.ts';
import { oidc } from './strategies/oidc.ts';
import { okta } from './strategies/okta.ts';
import { paypal } from './strategies/paypal.ts';
import { paypalSandbox } from './strategies/paypal-sandbox.ts';
import { pingfederate } from './strategies/pingfederate.ts';
import { planningcenter } from './strategies/planningcenter.ts';
import { salesforce } from './strategies/salesforce.ts';
import { salesforceCommunity } from './strategies/salesforce-community.ts';
import { salesforceSandbox } from './strategies/salesforce-sandbox.ts';
import { samlp } from './strategies/samlp.ts';
import { sharepoint } from './strategies/sharepoint.ts';
import { shop } from './strategies/shop.ts';
import { shopify } from './strategies/shopify.ts';
import { sms } from './strategies/sms.ts';
import { soundcloud } from './strategies/soundcloud.ts';
import { thirtysevensignals } from './strategies/thirtysevensignals.ts';
import { twitter } from './strategies/twitter.ts';
import { untappd } from './strategies/untappd.ts';
import { vkontakte } from './strategies/vkontakte.ts';
import { waad } from './strategies/waad.ts';
import { weibo } from './strategies/weibo.ts';
import { windowslive } from './strategies/windowslive.ts';
import { wordpress } from './strategies/wordpress.ts';
import { yahoo } from './strategies/yahoo.ts';
import { yandex } from './strategies/yandex.ts';

/** Every strategy that Auth0 names. */
export const strategies: readonly CatalogueEntry[] = [
  ad,
  adfs,
  amazon,
  apple,
  auth0,
  auth0Adldap,
  auth0Oidc,
  baidu,
  bitbucket,
  bitly,
  box,
  custom,
  daccount,
  dropbox,
  dwolla,
  email,
  evernote,
  evernoteSandbox,
  exact,
  facebook,
  fitbit,
  github,
  googleApps,
  googleOauth2,
  instagram,
  ip,
  line,
  linkedin,
  oauth1,
  oauth2,
  office365,
  oidc,
  okta,
  paypal,
  paypalSandbox,
  pingfederate,
  planningcenter,
  salesforce,
  salesforceCommunity,
  salesforceSandbox,
  samlp,
  sharepoint,
  shop,
  shopify,
  sms,
  soundcloud,
  thirtysevensignals,
  twitter,
  untappd,
  vkontakte,
  waad,
  weibo,
  windowslive,
  wordpress,
  yahoo,
  yandex,
];
