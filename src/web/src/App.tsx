import { MantineProvider, localStorageColorSchemeManager } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { SpeechProvider } from '@house/i18n/SpeechProvider.tsx';
import { theme, variables } from '@house/look/theme.ts';
import { nonce } from '@house/look/nonce.ts';
import { queryClient } from '@house/query.ts';
import { SessionGate } from '@house/session.tsx';
import { Boundary, RouteProblem } from '@house/shell/RouteProblem.tsx';
import { router } from './router.tsx';

const Login = lazy(() => import('@house/shell/Login.tsx'));
const scheme = localStorageColorSchemeManager({ key: 'switchyard-scheme' });

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} colorSchemeManager={scheme} defaultColorScheme="auto" getStyleNonce={nonce}>
      <QueryClientProvider client={queryClient}>
        <SpeechProvider>
          <Boundary>
            <SessionGate
              waiting={null}
              login={(entered) => (
                <Suspense>
                  <Login entered={entered} />
                </Suspense>
              )}
              unreachable={(error, again) => <RouteProblem error={error} reset={again} />}
            >
              <RouterProvider router={router} />
            </SessionGate>
          </Boundary>
        </SpeechProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
