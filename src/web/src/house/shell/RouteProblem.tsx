import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTexts } from '../i18n/useTexts.tsx';
import { EmptyState } from '../parts/EmptyState.tsx';
import en from './texts.en.ts';

/** A page that failed: the rest of the house stands. */
export function RouteProblem({ error, reset }: { error: unknown; reset?: () => void }) {
  const t = useTexts(en);
  return (
    <EmptyState
      kind="broken"
      title={t('broken.title')}
      text={t('broken.text')}
      detail={error instanceof Error ? error.message : String(error)}
      action={
        <Button variant="default" onClick={() => (reset ? reset() : location.reload())}>
          {reset ? t('again') : t('reload')}
        </Button>
      }
    />
  );
}

/** Around the whole app and around panels: what fails inside never takes what is outside. */
export class Boundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: null as unknown };

  static getDerivedStateFromError = (error: unknown) => ({ error });

  override render() {
    return this.state.error === null ? this.props.children : <RouteProblem error={this.state.error} reset={() => this.setState({ error: null })} />;
  }
}
