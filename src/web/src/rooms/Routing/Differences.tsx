import { useTexts } from '@house/i18n/useTexts.tsx';
import { memberWords } from './scenarioWords.ts';
import css from './Strategy.module.css';
import { changesOf, type ScenarioDraft } from './strategy.ts';
import en from './texts.en.ts';
import { useTeller } from './useTeller.ts';

/** What is otherwise between two states of a strategy, in words. */
export function Differences({ before, after }: { before: ScenarioDraft[]; after: ScenarioDraft[] }) {
  const t = useTexts(en);
  const tell = useTeller();
  const changes = changesOf(before, after);
  if (changes.length === 0) return <p className="sy-muted">{t('diff.none')}</p>;
  return (
    <ul className={css.differences}>
      {changes.map((c, i) => (
        <li key={i}>
          {c.kind === 'added' && t.node('diff.added', { name: <strong>{c.name}</strong>, n: c.place })}
          {c.kind === 'removed' && t.node('diff.removed', { name: <strong>{c.name}</strong> })}
          {c.kind === 'moved' && t.node('diff.moved', { name: <strong>{c.name}</strong>, from: c.from, to: c.to })}
          {c.kind === 'renamed' && t.node('diff.renamed', { name: <strong>{c.name}</strong>, after: <strong>{c.after}</strong> })}
          {c.kind === 'changed' && t.node('diff.changed', { name: <strong>{c.name}</strong>, what: t(`member.${c.member}`), before: <q>{memberWords(c.before, c.member, tell)}</q>, after: <q>{memberWords(c.after, c.member, tell)}</q> })}
        </li>
      ))}
    </ul>
  );
}
