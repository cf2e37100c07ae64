import { NativeSelect } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { EmptyState } from '@house/parts/EmptyState.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { RoomFrame, type FrameProps } from '@house/parts/RoomFrame.tsx';
import css from './Warehouse.module.css';
import { sections, type SectionId } from './sections.ts';
import en from './texts.en.ts';
import { useWarehouseNode } from './useWarehouseNode.ts';

interface Props extends Omit<FrameProps<SectionId>, 'children'> {
  /** The page is of one thing at this node: no other is chosen here. Empty while it is not known. */
  of?: string;
  /** What the page shows of the node that is chosen. */
  children: (node: string) => ReactNode;
}

/** What the pages of the warehouse share: which node it is, and the way to the other pages. */
export function Frame({ section, title, beside, actions, of, children }: Props) {
  const t = useTexts(en);
  const { node, nodes, error, isKnown, choose } = useWarehouseNode();
  return (
    <RoomFrame
      sections={sections}
      label={t('title')}
      nameOf={t}
      section={section}
      title={title}
      beside={beside}
      actions={
        <>
          {of === undefined && nodes.length > 1 && (
            <NativeSelect className={css.node!} aria-label={t('node')} value={node ?? ''} onChange={(e) => choose(e.currentTarget.value)} data={nodes.map((n) => ({ value: n.code, label: `${n.code} · ${n.name}` }))} />
          )}
          {actions}
        </>
      }
    >
      <ProblemAlert error={error} />
      {of !== undefined ? children(of) : node ? children(node) : isKnown && !error && <EmptyState kind="first" title={t('noNode')} text={t('noNodeText')} action={<Link to="/nodes">{t('toNodes')}</Link>} />}
    </RoomFrame>
  );
}
