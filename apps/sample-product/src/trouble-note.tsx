import { useAuth0 } from '@auth0/auth0-react';
import type { Service } from './services.ts';
import { signInParameters } from './sign-in-parameters.ts';
import type { Remedy, Trouble } from './trouble.ts';

/** Which trouble, and what its buttons do. */
export interface TroubleNoteProps {
  readonly service: Service;
  readonly trouble: Trouble;
  readonly onChoose: (identity: string) => void;
  readonly onTryAgain: () => void;
}

/** Why there is nothing to show, and the button that mends it. */
export function TroubleNote({ service, trouble, onChoose, onTryAgain }: TroubleNoteProps) {
  return (
    <div role="alert">
      <p>{trouble.text}</p>
      <Buttons remedy={trouble.remedy} service={service} onChoose={onChoose} onTryAgain={onTryAgain} />
      {trouble.requestId !== undefined && <small>Request {trouble.requestId}</small>}
    </div>
  );
}

interface ButtonsProps extends Omit<TroubleNoteProps, 'trouble'> {
  readonly remedy: Remedy;
}

function Buttons({ remedy, service, onChoose, onTryAgain }: ButtonsProps) {
  const { loginWithRedirect } = useAuth0();
  switch (remedy.kind) {
    case 'none':
      return null;
    case 'try_again':
      return <button onClick={onTryAgain}>Try again</button>;
    case 'choose':
      return remedy.identities.map((identity) => (
        <button key={identity} onClick={() => onChoose(identity)}>
          Use {service.name} account {identity}
        </button>
      ));
    case 'sign_in': {
      const authorizationParams = signInParameters(service, remedy.signInUrl);
      return (
        <>
          <button className="main" onClick={() => void loginWithRedirect({ authorizationParams })}>
            {remedy.label}
          </button>
          <button onClick={onTryAgain}>Try again</button>
        </>
      );
    }
  }
}
