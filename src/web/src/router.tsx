import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import type { Page } from '@house/pages.ts';
import { NeedsRight } from '@house/shell/NeedsRight.tsx';
import { NotFound } from '@house/shell/NotFound.tsx';
import { RouteProblem } from '@house/shell/RouteProblem.tsx';
import { Shell } from '@house/shell/Shell.tsx';
import { pages } from './rooms.ts';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: RouteProblem });

const routeOf = (page: Page) => {
  const Shown = lazyRouteComponent<{ default: ComponentType }>(page.load, 'default') as ComponentType & { preload?: () => Promise<void> };
  return createRoute({
    getParentRoute: () => root,
    path: page.path,
    component: () => (
      <NeedsRight permission={page.permission}>
        <Shown />
      </NeedsRight>
    ),
    errorComponent: RouteProblem,
    loader: () => Shown.preload?.(),
  });
};

export const router = createRouter({
  routeTree: root.addChildren(pages.map(routeOf)),
  defaultPreload: 'intent',
  defaultPendingMs: 150,
  scrollRestoration: true,
  // Addresses are for people: ?query=tag:gift, without quotes or JSON.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(
      Object.entries(search).flatMap(([key, value]) => (value === undefined || value === null || value === '' ? [] : [[key, String(value)]])),
    ).toString();
    return text === '' ? '' : `?${text.replaceAll('%3A', ':').replaceAll('%2C', ',')}`;
  },
});
