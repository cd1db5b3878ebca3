export { type Policy, type PolicyAnswer, type PolicyQuestion } from './policy.ts';
export {
  loadRelayConfiguration,
  parseRelayConfiguration,
  RelayConfigurationError,
  type RelayConfiguration,
} from './relay-configuration.ts';
