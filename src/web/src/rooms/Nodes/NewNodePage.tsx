import { useSpeech } from '@house/i18n/useTexts.tsx';
import { emptyNode } from './draft.ts';
import { NodeForm } from './NodeForm.tsx';

/** Makes a node. */
export default function NewNodePage() {
  const { zone } = useSpeech();
  return <NodeForm name="node-new" stored={null} empty={emptyNode(zone)} />;
}
