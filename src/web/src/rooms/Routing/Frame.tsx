import { useTexts } from '@house/i18n/useTexts.tsx';
import { RoomFrame, type FrameProps } from '@house/parts/RoomFrame.tsx';
import { sections, type SectionId } from './sections.ts';
import en from './texts.en.ts';

interface Props extends FrameProps<SectionId> {
  error?: unknown;
  again?: () => void;
  /** A table of many columns takes the whole page. */
  isWide?: boolean;
}

/** What the pages of routing share: the way to the others, and one sentence on what this is for. */
export function Frame(props: Props) {
  const t = useTexts(en);
  return <RoomFrame sections={sections} label={t('title')} nameOf={t} about={t(`${props.section}.about`)} {...props} />;
}
