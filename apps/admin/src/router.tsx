import {
  createBrowserHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  type RouterHistory,
} from '@tanstack/react-router';
import { ConnectionFilters } from './connections/connection-filters.ts';
import { DashboardLayout } from './layout/dashboard-layout.tsx';
import { PageFailed } from './states/page-failed.tsx';
import { PageNotFound } from './states/page-not-found.tsx';
import { UserFilters } from './users/user-filters.ts';
import { UsersPage } from './users/users-page.tsx';

const root = createRootRoute({ component: DashboardLayout, notFoundComponent: PageNotFound });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    // TanStack Router's redirects are thrown.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    throw redirect({ to: '/users', replace: true });
  },
});

const users = createRoute({
  getParentRoute: () => root,
  path: '/users',
  validateSearch: UserFilters,
  component: UsersPage,
});

const user = createRoute({
  getParentRoute: () => root,
  path: '/users/$userId',
  component: lazyRouteComponent(() => import('./user/user-page.tsx'), 'UserPage'),
});

const connections = createRoute({
  getParentRoute: () => root,
  path: '/connections',
  validateSearch: ConnectionFilters,
  component: lazyRouteComponent(() => import('./connections/connections-page.tsx'), 'ConnectionsPage'),
});

const tenant = createRoute({
  getParentRoute: () => root,
  path: '/tenant',
  component: lazyRouteComponent(() => import('./tenant/tenant-page.tsx'), 'TenantPage'),
});

const routeTree = root.addChildren([home, users, user, connections, tenant]);

/**
 * The dashboard's addresses. The API serves each of them (see its dashboard routes).
 * @param history the browser's own when left out
 */
export function createDashboardRouter(history: RouterHistory = createBrowserHistory()) {
  return createRouter({
    routeTree,
    history,
    defaultPreload: 'intent',
    defaultErrorComponent: PageFailed,
    scrollRestoration: false,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createDashboardRouter>;
  }
}
