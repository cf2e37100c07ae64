import { useTexts } from '@house/i18n/useTexts.tsx';
import { Status } from '@house/parts/Status.tsx';
import { stateOf, type Load } from './map.ts';
import type { Node } from './nodes.ts';
import en from './texts.en.ts';

/** Does it take orders? */
export function State({ node, load }: { node: Node; load?: Load | undefined }) {
  const t = useTexts(en);
  const state = stateOf(node, load);
  if (state === 'working') return <span className="sy-muted">{t('active')}</span>;
  return <Status tone={state === 'full' ? 'warn' : 'bad'}>{t(state === 'full' ? 'full' : 'inactive')}</Status>;
}
