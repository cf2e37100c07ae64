import { useTexts } from '@house/i18n/useTexts.tsx';
import { PageHead } from '@house/parts/PageHead.tsx';
import en from './texts.en.ts';

export default function SettingsPage() {
  const t = useTexts(en);
  return <PageHead title={t('title')} />;
}
