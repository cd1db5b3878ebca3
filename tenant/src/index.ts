export { runDeployCommand, type LocalTarget } from './deploy-command.ts';
export { DeployError, type DeployErrorCode } from './deploy-error.ts';
export { runDoctorCommand, type DoctorCommandOptions, type LocalDoctorTarget } from './doctor-command.ts';
export { deployTenant, type Deployment, type DeployOptions } from './deploy.ts';
export { readEnvironment, type DeployCredentials, type Environment } from './environment.ts';
export { type Provisioned } from './provisioned.ts';
export { apiSettings, writeSettings } from './settings.ts';
