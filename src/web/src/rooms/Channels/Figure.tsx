import type { ReactNode } from 'react';

/** A figure under its name, within a list of them. */
export function Figure({ name, tone, children }: { name: string; tone?: 'bad' | 'warn' | undefined; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd data-tone={tone}>{children}</dd>
    </div>
  );
}
