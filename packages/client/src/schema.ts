// Made from apps/api/openapi.json by `pnpm --filter @idp-relay/client run write-schema`. Do not edit.
export interface paths {
    "/healthz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process is alive */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {boolean} */
                            ok: true;
                        };
                    };
                };
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every problem code */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            about: string;
                            code: string;
                            status: number;
                            title: string;
                        }[];
                    };
                };
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a problem code means and what to do */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    code: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            about: string;
                            code: string;
                            status: number;
                            title: string;
                        };
                    };
                };
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The relay can do its work; if not, what it lacks */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            checks: {
                                [key: string]: {
                                    detail: string;
                                    ok: boolean;
                                };
                            };
                            ready: boolean;
                        };
                    };
                };
                /** @description Default Response */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            checks: {
                                [key: string]: {
                                    detail: string;
                                    ok: boolean;
                                };
                            };
                            ready: boolean;
                        };
                    };
                };
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Which users have changed, as it happens (server-sent events)
         * @description `event: user` with `{"user_id": …, "what": "profile" | "verdicts"}`: read that user again. `event: missed`: changes may have been missed, so read everything again. The stream ends with the access token at the latest; come back with a new one.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description text/event-stream */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": unknown;
                    };
                };
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connections of the configuration, of users seen and of the catalogue, and what the policy lets through */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            connections: components["schemas"]["Connection"][];
                        };
                    };
                };
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** My identities and what can be called */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            identities: components["schemas"]["Identity"][];
                            user_id: string;
                        };
                    };
                };
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/idp/{connection}/{*}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Call an IdP as the signed-in user
         * @description Answers what the IdP answers: status, body and rate-limit headers. The header `relay-source` tells the IdP’s answers (`idp`) from the relay’s own (`relay`). `relay-base-url` chooses another base URL of the connection than its first.
         */
        get: {
            parameters: {
                query?: {
                    /** @description IdP user id, where the user has several identities of the connection */
                    identity?: string;
                };
                header?: never;
                path: {
                    "*": string;
                    connection: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Call an IdP as the signed-in user
         * @description Answers what the IdP answers: status, body and rate-limit headers. The header `relay-source` tells the IdP’s answers (`idp`) from the relay’s own (`relay`). `relay-base-url` chooses another base URL of the connection than its first.
         */
        put: {
            parameters: {
                query?: {
                    /** @description IdP user id, where the user has several identities of the connection */
                    identity?: string;
                };
                header?: never;
                path: {
                    "*": string;
                    connection: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Call an IdP as the signed-in user
         * @description Answers what the IdP answers: status, body and rate-limit headers. The header `relay-source` tells the IdP’s answers (`idp`) from the relay’s own (`relay`). `relay-base-url` chooses another base URL of the connection than its first.
         */
        post: {
            parameters: {
                query?: {
                    /** @description IdP user id, where the user has several identities of the connection */
                    identity?: string;
                };
                header?: never;
                path: {
                    "*": string;
                    connection: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Call an IdP as the signed-in user
         * @description Answers what the IdP answers: status, body and rate-limit headers. The header `relay-source` tells the IdP’s answers (`idp`) from the relay’s own (`relay`). `relay-base-url` chooses another base URL of the connection than its first.
         */
        delete: {
            parameters: {
                query?: {
                    /** @description IdP user id, where the user has several identities of the connection */
                    identity?: string;
                };
                header?: never;
                path: {
                    "*": string;
                    connection: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Call an IdP as the signed-in user
         * @description Answers what the IdP answers: status, body and rate-limit headers. The header `relay-source` tells the IdP’s answers (`idp`) from the relay’s own (`relay`). `relay-base-url` chooses another base URL of the connection than its first.
         */
        options: {
            parameters: {
                query?: {
                    /** @description IdP user id, where the user has several identities of the connection */
                    identity?: string;
                };
                header?: never;
                path: {
                    "*": string;
                    connection: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Call an IdP as the signed-in user
         * @description Answers what the IdP answers: status, body and rate-limit headers. The header `relay-source` tells the IdP’s answers (`idp`) from the relay’s own (`relay`). `relay-base-url` chooses another base URL of the connection than its first.
         */
        head: {
            parameters: {
                query?: {
                    /** @description IdP user id, where the user has several identities of the connection */
                    identity?: string;
                };
                header?: never;
                path: {
                    "*": string;
                    connection: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Call an IdP as the signed-in user
         * @description Answers what the IdP answers: status, body and rate-limit headers. The header `relay-source` tells the IdP’s answers (`idp`) from the relay’s own (`relay`). `relay-base-url` chooses another base URL of the connection than its first.
         */
        patch: {
            parameters: {
                query?: {
                    /** @description IdP user id, where the user has several identities of the connection */
                    identity?: string;
                };
                header?: never;
                path: {
                    "*": string;
                    connection: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/v1/notices/log-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A log stream of the tenant says what happened to users
         * @description A custom webhook of Auth0, with `Bearer` and LOG_STREAM_TOKEN as its authorization, in any content format. Logins, sign-ups, links, blocks and deletions count; all other events are taken and left unread.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notices/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The post-login Action says that a user has signed in
         * @description Signed: `x-idp-relay-timestamp` has the time (Unix seconds, at most five minutes off), and `x-idp-relay-signature` has `v1=` and the HMAC-SHA256 of `<timestamp>.<body>` by NOTICE_SECRET, in hexadecimal. The body is JSON: `user_id`, `connection`, `signed_in_at`, `identities` (each `connection`, `provider`, `user_id`).
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is provisioned in the tenant, and whether it is right */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Tenant"];
                    };
                };
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant/doctor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What in the tenant is not as the relay needs it, and what to do */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TenantExamination"];
                    };
                };
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Find users by name, e-mail or user id, and by connection and state of their identities */
        get: {
            parameters: {
                query?: {
                    /** @description Users with an identity of this connection */
                    connection?: string;
                    /** @description Counted from 0 */
                    page?: number;
                    per_page?: number;
                    /** @description Beginning of a name or e-mail address, or a whole user id */
                    q?: string;
                    /** @description Users with an identity in this state */
                    state?: "usable" | "expiring" | "renewable" | "expired" | "revoked" | "insufficient_scope" | "missing" | "in_token_vault" | "not_applicable" | "unknown";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Users who match but for the state; more than `searched` in large tenants */
                            matching: number;
                            page: number;
                            per_page: number;
                            /** @description Users whose identities were judged, where a state was asked for */
                            searched: number;
                            /** @description Users who match, as far as was looked */
                            total: number;
                            users: components["schemas"]["ListedUser"][];
                        };
                    };
                };
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/identities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A user, and their identities with verdicts */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    user_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            identities: components["schemas"]["InspectedIdentity"][];
                            user: components["schemas"]["User"];
                        };
                    };
                };
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/identities/{connection}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * One live check of the token at its IdP
         * @description By a harmless call, and by introspection (RFC 7662) where the catalogue has one and the connection’s client is configured: instead of the call, or besides it for scopes and end.
         */
        post: {
            parameters: {
                query?: {
                    identity?: string;
                };
                header?: never;
                path: {
                    connection: string;
                    user_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Method and host of the introspection, where one was made */
                            introspected?: string;
                            /** @description Method and host of the call that the verdict rests on */
                            probed: string;
                            verdict: components["schemas"]["Verdict"];
                        };
                    };
                };
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/identities/{connection}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke the token of an identity, at its IdP where possible and in the relay always
         * @description Auth0 goes on storing the token: it has no way to take one out. The relay uses nothing of it until the user signs in again; other processes of it are told at once. Tokens in Token Vault cannot be revoked here.
         */
        post: {
            parameters: {
                query?: {
                    identity?: string;
                };
                header?: never;
                path: {
                    connection: string;
                    user_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * @description What became of the token at the IdP itself; the relay does not use it any more either way
                             * @enum {string}
                             */
                            at_idp: "revoked" | "not_possible" | "failed";
                            verdict: components["schemas"]["Verdict"];
                        };
                    };
                };
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{user_id}/idp/{connection}/{*}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Call an IdP as any user (backends)
         * @description Answers what the IdP answers: status, body and rate-limit headers. The header `relay-source` tells the IdP’s answers (`idp`) from the relay’s own (`relay`). `relay-base-url` chooses another base URL of the connection than its first.
         */
        get: {
            parameters: {
                query?: {
                    /** @description IdP user id, where the user has several identities of the connection */
                    identity?: string;
                };
                header?: never;
                path: {
                    "*": string;
                    connection: string;
                    user_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Call an IdP as any user (backends)
         * @description Answers what the IdP answers: status, body and rate-limit headers. The header `relay-source` tells the IdP’s answers (`idp`) from the relay’s own (`relay`). `relay-base-url` chooses another base URL of the connection than its first.
         */
        put: {
            parameters: {
                query?: {
                    /** @description IdP user id, where the user has several identities of the connection */
                    identity?: string;
                };
                header?: never;
                path: {
                    "*": string;
                    connection: string;
                    user_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Call an IdP as any user (backends)
         * @description Answers what the IdP answers: status, body and rate-limit headers. The header `relay-source` tells the IdP’s answers (`idp`) from the relay’s own (`relay`). `relay-base-url` chooses another base URL of the connection than its first.
         */
        post: {
            parameters: {
                query?: {
                    /** @description IdP user id, where the user has several identities of the connection */
                    identity?: string;
                };
                header?: never;
                path: {
                    "*": string;
                    connection: string;
                    user_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Call an IdP as any user (backends)
         * @description Answers what the IdP answers: status, body and rate-limit headers. The header `relay-source` tells the IdP’s answers (`idp`) from the relay’s own (`relay`). `relay-base-url` chooses another base URL of the connection than its first.
         */
        delete: {
            parameters: {
                query?: {
                    /** @description IdP user id, where the user has several identities of the connection */
                    identity?: string;
                };
                header?: never;
                path: {
                    "*": string;
                    connection: string;
                    user_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Call an IdP as any user (backends)
         * @description Answers what the IdP answers: status, body and rate-limit headers. The header `relay-source` tells the IdP’s answers (`idp`) from the relay’s own (`relay`). `relay-base-url` chooses another base URL of the connection than its first.
         */
        options: {
            parameters: {
                query?: {
                    /** @description IdP user id, where the user has several identities of the connection */
                    identity?: string;
                };
                header?: never;
                path: {
                    "*": string;
                    connection: string;
                    user_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Call an IdP as any user (backends)
         * @description Answers what the IdP answers: status, body and rate-limit headers. The header `relay-source` tells the IdP’s answers (`idp`) from the relay’s own (`relay`). `relay-base-url` chooses another base URL of the connection than its first.
         */
        head: {
            parameters: {
                query?: {
                    /** @description IdP user id, where the user has several identities of the connection */
                    identity?: string;
                };
                header?: never;
                path: {
                    "*": string;
                    connection: string;
                    user_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        /**
         * Call an IdP as any user (backends)
         * @description Answers what the IdP answers: status, body and rate-limit headers. The header `relay-source` tells the IdP’s answers (`idp`) from the relay’s own (`relay`). `relay-base-url` chooses another base URL of the connection than its first.
         */
        patch: {
            parameters: {
                query?: {
                    /** @description IdP user id, where the user has several identities of the connection */
                    identity?: string;
                };
                header?: never;
                path: {
                    "*": string;
                    connection: string;
                    user_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A problem; `code` says which */
                default: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Connection: {
            /** @enum {string} */
            access_token_expires: "always" | "never" | "sometimes" | "unknown";
            access_token_lifetime_seconds?: number;
            api_base_urls: string[];
            connection: string;
            display_name: string;
            /**
             * @description Named in the relay’s file; met in a user; or only known as a strategy of Auth0
             * @enum {string}
             */
            known_from: "configuration" | "users" | "catalogue";
            notes: string[];
            /** @enum {string} */
            relayable: "yes" | "no" | "configured" | "unknown";
            /** @enum {string} */
            renewable: "yes" | "conditional" | "no" | "unknown";
            renewable_condition?: string;
            required_scopes: string[];
            rules: {
                base_urls?: string[];
                clients: string[];
                methods: string[];
                name: string;
                paths: string[];
            }[];
            strategy: string;
            token_vault: boolean;
            /** @description Those of them with a token that can be used */
            users_callable: number;
            /** @description Users with this connection whom this process has met */
            users_seen: number;
        };
        ConnectionInput: {
            /** @enum {string} */
            access_token_expires: "always" | "never" | "sometimes" | "unknown";
            access_token_lifetime_seconds?: number;
            api_base_urls: string[];
            connection: string;
            display_name: string;
            /**
             * @description Named in the relay’s file; met in a user; or only known as a strategy of Auth0
             * @enum {string}
             */
            known_from: "configuration" | "users" | "catalogue";
            notes: string[];
            /** @enum {string} */
            relayable: "yes" | "no" | "configured" | "unknown";
            /** @enum {string} */
            renewable: "yes" | "conditional" | "no" | "unknown";
            renewable_condition?: string;
            required_scopes: string[];
            rules: {
                base_urls?: string[];
                clients: string[];
                methods: string[];
                name: string;
                paths: string[];
            }[];
            strategy: string;
            token_vault: boolean;
            /** @description Those of them with a token that can be used */
            users_callable: number;
            /** @description Users with this connection whom this process has met */
            users_seen: number;
        };
        Identity: {
            /** @description Where calls may go, the default first */
            api_base_urls: string[];
            connection: string;
            /** @description Name of the IdP, where it is known */
            display_name?: string;
            idp_user_id: string;
            is_social: boolean;
            /** @description False for identities that were linked */
            primary: boolean;
            /** @description The connection’s strategy */
            provider: string;
            verdict: components["schemas"]["Verdict"];
        };
        IdentityInput: {
            /** @description Where calls may go, the default first */
            api_base_urls: string[];
            connection: string;
            /** @description Name of the IdP, where it is known */
            display_name?: string;
            idp_user_id: string;
            is_social: boolean;
            /** @description False for identities that were linked */
            primary: boolean;
            /** @description The connection’s strategy */
            provider: string;
            verdict: components["schemas"]["VerdictInput"];
        };
        InspectedIdentity: {
            /** @description Where calls may go, the default first */
            api_base_urls: string[];
            connection: string;
            /** @description Name of the IdP, where it is known */
            display_name?: string;
            idp_user_id: string;
            is_social: boolean;
            /** @description False for identities that were linked */
            primary: boolean;
            /** @description The connection’s strategy */
            provider: string;
            /**
             * Format: uri
             * @description A sign-in that would mend the token, for the user; where the operators configured one
             */
            sign_in_url?: string;
            verdict: components["schemas"]["Verdict"];
        };
        InspectedIdentityInput: {
            /** @description Where calls may go, the default first */
            api_base_urls: string[];
            connection: string;
            /** @description Name of the IdP, where it is known */
            display_name?: string;
            idp_user_id: string;
            is_social: boolean;
            /** @description False for identities that were linked */
            primary: boolean;
            /** @description The connection’s strategy */
            provider: string;
            /**
             * Format: uri
             * @description A sign-in that would mend the token, for the user; where the operators configured one
             */
            sign_in_url?: string;
            verdict: components["schemas"]["VerdictInput"];
        };
        ListedUser: {
            /** @description The tenant lets a blocked user do nothing, and nothing is relayed for them */
            blocked: boolean;
            email?: string;
            identities: {
                callable: boolean;
                connection: string;
                display_name?: string;
                idp_user_id: string;
                provider: string;
                /** @enum {string} */
                reason: "token_stored" | "token_without_end" | "idp_accepted" | "expiry_unknown" | "ends_soon" | "lifetime_over" | "idp_refused" | "revoked_by_operator" | "scopes_lacking" | "not_stored" | "renewal_refused" | "renewal_answer_lost" | "renewal_misconfigured" | "renewal_put_off" | "renewal_unanswered" | "kept_token_unreadable" | "management_scope_missing" | "kept_in_token_vault" | "vault_keeps_nothing" | "vault_refresh_failed" | "strategy_gives_no_token" | "strategy_unknown" | "not_relayable";
                /** @enum {string} */
                state: "usable" | "expiring" | "renewable" | "expired" | "revoked" | "insufficient_scope" | "missing" | "in_token_vault" | "not_applicable" | "unknown";
            }[];
            /**
             * Format: date-time
             * @description Last login through any identity of the user
             */
            last_login?: string;
            name?: string;
            user_id: string;
        };
        ListedUserInput: {
            /** @description The tenant lets a blocked user do nothing, and nothing is relayed for them */
            blocked: boolean;
            email?: string;
            identities: {
                callable: boolean;
                connection: string;
                display_name?: string;
                idp_user_id: string;
                provider: string;
                /** @enum {string} */
                reason: "token_stored" | "token_without_end" | "idp_accepted" | "expiry_unknown" | "ends_soon" | "lifetime_over" | "idp_refused" | "revoked_by_operator" | "scopes_lacking" | "not_stored" | "renewal_refused" | "renewal_answer_lost" | "renewal_misconfigured" | "renewal_put_off" | "renewal_unanswered" | "kept_token_unreadable" | "management_scope_missing" | "kept_in_token_vault" | "vault_keeps_nothing" | "vault_refresh_failed" | "strategy_gives_no_token" | "strategy_unknown" | "not_relayable";
                /** @enum {string} */
                state: "usable" | "expiring" | "renewable" | "expired" | "revoked" | "insufficient_scope" | "missing" | "in_token_vault" | "not_applicable" | "unknown";
            }[];
            /**
             * Format: date-time
             * @description Last login through any identity of the user
             */
            last_login?: string;
            name?: string;
            user_id: string;
        };
        Problem: {
            /** @description Stable; branch on this. GET /problems lists all. */
            code: string;
            /** @description What happened and what to do */
            detail: string;
            /** @description Names the request in the relay’s logs */
            instance: string;
            status: number;
            title: string;
            type: string;
        } & {
            [key: string]: unknown;
        };
        ProblemInput: {
            /** @description Stable; branch on this. GET /problems lists all. */
            code: string;
            /** @description What happened and what to do */
            detail: string;
            /** @description Names the request in the relay’s logs */
            instance: string;
            status: number;
            title: string;
            type: string;
        } & {
            [key: string]: unknown;
        };
        Tenant: {
            /** @description Identifier of the relay’s API in the tenant */
            audience: string;
            clients: {
                client_id: string;
                name: string;
            }[];
            domain: string;
            /** @description Whose access tokens are accepted */
            issuers: string[];
            management_client: {
                /** @enum {string} */
                authentication_method: "client_secret_post" | "private_key_jwt";
                client_id: string;
                /** @description Left out where Auth0 did not name them */
                granted_scopes?: string[];
                missing_scopes: string[];
                needed_scopes: string[];
                /** @description Code of the error, where no token could be had */
                problem?: string;
                /** @description Times of the Management API token in memory; never the token */
                token?: {
                    /** Format: date-time */
                    expires_at: string;
                    /** Format: date-time */
                    obtained_at: string;
                };
                /** @description Granted, and never used: take them away */
                unneeded_scopes: string[];
            };
            permissions: {
                description: string;
                held_by_you: boolean;
                name: string;
            }[];
            rate_limit: {
                limit?: number;
                /** @description As of the last answer of the Management API */
                remaining?: number;
                /** @description Until the next request may be sent; 0: now */
                wait_ms: number;
            };
        };
        TenantExamination: {
            counts: {
                errors: number;
                not_made: number;
                notes: number;
                /** @description Checks that found nothing */
                passed: number;
                warnings: number;
            };
            /** Format: date-time */
            examined_at: string;
            /** @description The worst first */
            findings: {
                /** @description Stable; see packages/tenant-doctor for all of them */
                code: string;
                /** Format: uri */
                documentation?: string;
                /** @description What was seen, in one line */
                evidence: string;
                /** @description What to do */
                fix: string;
                /** @enum {string} */
                severity: "error" | "warning" | "note";
                /** @description What it is about: the name of a client, a connection, a role … */
                subject: string;
                title: string;
            }[];
            /**
             * Format: date-time
             * @description Until then the same examination is answered
             */
            kept_until: string;
            not_made: {
                check: string;
                /** @description Scope of the Management API that the client lacks, where that is why */
                missing_scope?: string;
                reason: string;
            }[];
        };
        TenantExaminationInput: {
            counts: {
                errors: number;
                not_made: number;
                notes: number;
                /** @description Checks that found nothing */
                passed: number;
                warnings: number;
            };
            /** Format: date-time */
            examined_at: string;
            /** @description The worst first */
            findings: {
                /** @description Stable; see packages/tenant-doctor for all of them */
                code: string;
                /** Format: uri */
                documentation?: string;
                /** @description What was seen, in one line */
                evidence: string;
                /** @description What to do */
                fix: string;
                /** @enum {string} */
                severity: "error" | "warning" | "note";
                /** @description What it is about: the name of a client, a connection, a role … */
                subject: string;
                title: string;
            }[];
            /**
             * Format: date-time
             * @description Until then the same examination is answered
             */
            kept_until: string;
            not_made: {
                check: string;
                /** @description Scope of the Management API that the client lacks, where that is why */
                missing_scope?: string;
                reason: string;
            }[];
        };
        TenantInput: {
            /** @description Identifier of the relay’s API in the tenant */
            audience: string;
            clients: {
                client_id: string;
                name: string;
            }[];
            domain: string;
            /** @description Whose access tokens are accepted */
            issuers: string[];
            management_client: {
                /** @enum {string} */
                authentication_method: "client_secret_post" | "private_key_jwt";
                client_id: string;
                /** @description Left out where Auth0 did not name them */
                granted_scopes?: string[];
                missing_scopes: string[];
                needed_scopes: string[];
                /** @description Code of the error, where no token could be had */
                problem?: string;
                /** @description Times of the Management API token in memory; never the token */
                token?: {
                    /** Format: date-time */
                    expires_at: string;
                    /** Format: date-time */
                    obtained_at: string;
                };
                /** @description Granted, and never used: take them away */
                unneeded_scopes: string[];
            };
            permissions: {
                description: string;
                held_by_you: boolean;
                name: string;
            }[];
            rate_limit: {
                limit?: number;
                /** @description As of the last answer of the Management API */
                remaining?: number;
                /** @description Until the next request may be sent; 0: now */
                wait_ms: number;
            };
        };
        User: {
            /** @description The tenant lets a blocked user do nothing, and nothing is relayed for them */
            blocked: boolean;
            email?: string;
            /**
             * Format: date-time
             * @description Last login through any identity of the user
             */
            last_login?: string;
            name?: string;
            user_id: string;
        };
        UserInput: {
            /** @description The tenant lets a blocked user do nothing, and nothing is relayed for them */
            blocked: boolean;
            email?: string;
            /**
             * Format: date-time
             * @description Last login through any identity of the user
             */
            last_login?: string;
            name?: string;
            user_id: string;
        };
        /** @description What is known of one identity’s IdP token */
        Verdict: {
            /** @description What to do; empty where nothing needs doing */
            advice: string;
            /** @description Can a call be made right now */
            callable: boolean;
            /** @description The reason in plain words */
            detail: string;
            evidence: {
                /**
                 * Format: date-time
                 * @description An estimate and an upper bound
                 */
                expires_at_latest?: string;
                /** @description As the IdP said at an unstated login */
                expires_in_seconds?: number;
                /** @enum {string} */
                expiry_basis?: "expires_in_since_last_login" | "usual_lifetime_since_last_login" | "renewal_answer" | "idp_answer";
                granted_scopes?: string[];
                has_refresh_token: boolean;
                idp_status?: number;
                /**
                 * @description What the IdP said when it was asked about the token in the name of the connection’s client; client_refused means that client, not the token
                 * @enum {string}
                 */
                introspection?: "active" | "inactive" | "client_refused" | "inconclusive" | "unanswered";
                lacking_scopes?: string[];
                /**
                 * Format: date-time
                 * @description Last login through any identity of the user
                 */
                last_login?: string;
                /**
                 * Format: date-time
                 * @description No renewal is tried before
                 */
                next_renewal_at?: string;
                /**
                 * Format: date-time
                 * @description The relay renewed the token itself; else it is Auth0’s copy
                 */
                renewed_at?: string;
            };
            /** Format: date-time */
            observed_at: string;
            /** @enum {string} */
            reason: "token_stored" | "token_without_end" | "idp_accepted" | "expiry_unknown" | "ends_soon" | "lifetime_over" | "idp_refused" | "revoked_by_operator" | "scopes_lacking" | "not_stored" | "renewal_refused" | "renewal_answer_lost" | "renewal_misconfigured" | "renewal_put_off" | "renewal_unanswered" | "kept_token_unreadable" | "management_scope_missing" | "kept_in_token_vault" | "vault_keeps_nothing" | "vault_refresh_failed" | "strategy_gives_no_token" | "strategy_unknown" | "not_relayable";
            /** @enum {string} */
            source: "auth0_profile" | "renewal" | "token_vault" | "operator" | "idp_answer" | "probe" | "catalogue" | "configuration";
            /** @enum {string} */
            state: "usable" | "expiring" | "renewable" | "expired" | "revoked" | "insufficient_scope" | "missing" | "in_token_vault" | "not_applicable" | "unknown";
        };
        /** @description What is known of one identity’s IdP token */
        VerdictInput: {
            /** @description What to do; empty where nothing needs doing */
            advice: string;
            /** @description Can a call be made right now */
            callable: boolean;
            /** @description The reason in plain words */
            detail: string;
            evidence: {
                /**
                 * Format: date-time
                 * @description An estimate and an upper bound
                 */
                expires_at_latest?: string;
                /** @description As the IdP said at an unstated login */
                expires_in_seconds?: number;
                /** @enum {string} */
                expiry_basis?: "expires_in_since_last_login" | "usual_lifetime_since_last_login" | "renewal_answer" | "idp_answer";
                granted_scopes?: string[];
                has_refresh_token: boolean;
                idp_status?: number;
                /**
                 * @description What the IdP said when it was asked about the token in the name of the connection’s client; client_refused means that client, not the token
                 * @enum {string}
                 */
                introspection?: "active" | "inactive" | "client_refused" | "inconclusive" | "unanswered";
                lacking_scopes?: string[];
                /**
                 * Format: date-time
                 * @description Last login through any identity of the user
                 */
                last_login?: string;
                /**
                 * Format: date-time
                 * @description No renewal is tried before
                 */
                next_renewal_at?: string;
                /**
                 * Format: date-time
                 * @description The relay renewed the token itself; else it is Auth0’s copy
                 */
                renewed_at?: string;
            };
            /** Format: date-time */
            observed_at: string;
            /** @enum {string} */
            reason: "token_stored" | "token_without_end" | "idp_accepted" | "expiry_unknown" | "ends_soon" | "lifetime_over" | "idp_refused" | "revoked_by_operator" | "scopes_lacking" | "not_stored" | "renewal_refused" | "renewal_answer_lost" | "renewal_misconfigured" | "renewal_put_off" | "renewal_unanswered" | "kept_token_unreadable" | "management_scope_missing" | "kept_in_token_vault" | "vault_keeps_nothing" | "vault_refresh_failed" | "strategy_gives_no_token" | "strategy_unknown" | "not_relayable";
            /** @enum {string} */
            source: "auth0_profile" | "renewal" | "token_vault" | "operator" | "idp_answer" | "probe" | "catalogue" | "configuration";
            /** @enum {string} */
            state: "usable" | "expiring" | "renewable" | "expired" | "revoked" | "insufficient_scope" | "missing" | "in_token_vault" | "not_applicable" | "unknown";
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
