import { Button, type ButtonProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { fileOf } from '../api/client.ts';
import { useSession } from '../session.tsx';

interface Props extends Pick<ButtonProps, 'size' | 'variant' | 'leftSection'> {
  /** Where the file is: `/api/v1/…`. */
  path: string;
  /** Kept as a file, under this name or that of the server (true); shown in a window of its own where left out. */
  save?: string | true;
  'aria-label'?: string;
  children: ReactNode;
}

/** A link to a file of the house: that of the merchant the person works for now, which a plain link could not say. */
export function FileButton({ path, save, ...button }: Props) {
  const { session } = useSession();
  const how = save === undefined ? { target: '_blank', rel: 'noreferrer' } : { download: save };
  return <Button component="a" href={fileOf(path, session.merchant)} {...how} {...button} />;
}
