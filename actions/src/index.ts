export { bundlePostLogin, postLoginStamp } from './bundle-post-login.ts';
export { postLoginAction } from './post-login-action.ts';
