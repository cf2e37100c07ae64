import { Status } from '@house/parts/Status.tsx';
import { useTexts } from '@house/i18n/useTexts.tsx';
import css from './Routing.module.css';
import type { Finding } from './strategy.ts';
import en from './texts.en.ts';
import { useFindingWords } from './useFindingWords.ts';

/** What the check says of a field, beside it. */
export function FindingList({ findings }: { findings: readonly Finding[] | undefined }) {
  const t = useTexts(en);
  const words = useFindingWords();
  if (!findings || findings.length === 0) return null;
  return (
    <ul className={css.findings}>
      {findings.map((f) => (
        <li key={f.code + f.detail}>
          <Status tone={f.severity === 'error' ? 'bad' : 'warn'} isPlain>{t.maybe(`severity.${f.severity}`)}</Status> <span>{words(f)}</span>
        </li>
      ))}
    </ul>
  );
}
