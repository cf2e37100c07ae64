import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTexts } from '../i18n/useTexts.tsx';
import { EmptyState } from '../parts/EmptyState.tsx';
import en from './texts.en.ts';

export function NotFound() {
  const t = useTexts(en);
  return (
    <EmptyState
      kind="nothing"
      isPage
      title={t('notFound.title')}
      text={t('notFound.text')}
      action={
        <Button component={Link} to="/" variant="default">
          {t('notFound.home')}
        </Button>
      }
    />
  );
}
