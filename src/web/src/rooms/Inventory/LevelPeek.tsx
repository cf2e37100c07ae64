import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Schema } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Peek } from '@house/parts/Peek.tsx';
import { FieldList, Section } from '@house/parts/Section.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { Holders } from './Holders.tsx';
import { buckets, pageOf, type Level } from './stock.ts';
import en from './texts.en.ts';

interface Props {
  level: Level;
  inbound: Schema['InboundUnits'][] | undefined;
  onAdjust: () => void;
  onClose: () => void;
}

/** A SKU at a node without leaving the list, and who holds it. */
export function LevelPeek({ level, inbound, onAdjust, onClose }: Props) {
  const t = useTexts(en);
  const may = useMay();
  const { number } = useFormat();
  return (
    <Peek
      label={t('peek', { sku: level.sku, node: level.node })}
      title={<bdi className="sy-code">{level.sku}</bdi>}
      onClose={onClose}
      actions={
        <>
          {may('inventory:write') && (
            <Button variant="default" size="compact-sm" onClick={onAdjust}>
              {t('adjust')}
            </Button>
          )}
          <Button component={Link} to={pageOf(level.sku)} variant="default" size="compact-sm">
            {t('open')}
          </Button>
        </>
      }
    >
      <FieldList
        fields={[
          [t('column.name'), level.name],
          [t('column.node'), `${level.node} · ${t.maybe(`nodeKind.${level.nodeKind}`)}`],
          ...buckets.map((b) => [t(`bucket.${b}`), number(level[b])] as const),
          ...(inbound ?? []).map((u) => [t('column.inbound'), <span key={u.dueAt}>{number(u.quantity)} · <When at={u.dueAt} as="date" /></span>] as const),
          [t('column.feed'), level.feedAt && <When at={level.feedAt} as="dateTime" />],
        ]}
      />
      <Section title={t('holders')} isSide>
        <Holders sku={level.sku} node={level.node} />
      </Section>
    </Peek>
  );
}
