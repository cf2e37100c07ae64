import { useTexts } from '@house/i18n/useTexts.tsx';
import NodeMap, { type Pin } from '@rooms/Nodes/NodeMap.tsx';
import css from './Planning.module.css';
import type { Decision } from './routing.ts';
import en from './texts.en.ts';

/** Where it goes, and the places it could have come from, with a line from each that sends. */
export default function RouteMap({ decision: d }: { decision: Decision }) {
  const t = useTexts(en);
  const { latitude, longitude, country } = d.destination ?? {};
  const goal: Pin[] = typeof latitude === 'number' && typeof longitude === 'number' ? [{ code: t('map.goal'), latitude, longitude, state: 'goal', words: t('map.goalWords', { country: country ?? '' }) }] : [];
  const nodes = d.candidates.flatMap<Pin>((c) =>
    typeof c.latitude === 'number' && typeof c.longitude === 'number'
      ? [{ code: c.node, latitude: c.latitude, longitude: c.longitude, state: c.reason === 'chosen' ? 'chosen' : c.reason === 'dearer' ? 'could' : 'out', words: `${c.node}, ${c.name}: ${t.maybe(`reason.${c.reason}`)}` }]
      : [],
  );
  return (
    <div className={css.map}>
      <NodeMap pins={[...goal, ...nodes]} label={t('map')} lines={goal.length === 0 ? [] : nodes.filter((n) => n.state === 'chosen').map((n) => [n, goal[0]!])} />
    </div>
  );
}
