import { createTheme, virtualColor, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

// Mantine speaks in ten shades; what they stand for is in tokens.css. This file and that one are the only places with colours.
const petrol: MantineColorsTuple = [
  '#E9F5F7', '#D3E9ED', '#A9D3DB', '#8FCEDA', '#5CC0D2', '#2E8798', '#1B7486', '#116C7E', '#0B6375', '#084F5E',
];
const crimson: MantineColorsTuple = [
  '#FCE7E4', '#F9CFCA', '#F5AAA2', '#F28C81', '#EE6C5E', '#DC5549', '#C9463B', '#BE342B', '#B3261E', '#96231B',
];
const dark: MantineColorsTuple = [
  '#E8ECEA', '#C3CCC7', '#A7B1AC', '#939E99', '#2C3431', '#262D2A', '#212826', '#191E1C', '#121614', '#0B0E0D',
];

export const theme = createTheme({
  colors: {
    petrol,
    crimson,
    dark,
    rail: virtualColor({ name: 'rail', light: 'petrol', dark: 'petrol' }),
    danger: virtualColor({ name: 'danger', light: 'crimson', dark: 'crimson' }),
  },
  primaryColor: 'rail',
  primaryShade: { light: 8, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.25,
  respectReducedMotion: true,
  defaultRadius: 6,
  cursorType: 'pointer',
  fontFamily: 'var(--sy-font)',
  fontFamilyMonospace: 'var(--sy-mono)',
  fontSizes: { xs: '12px', sm: '14px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.34', sm: '1.43', md: '1.43', lg: '1.5', xl: '1.4' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px', fontWeight: '500' },
      h3: { fontSize: '13px', lineHeight: '20px', fontWeight: '600' },
    },
  },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '8px' },
  shadows: { xs: 'none', sm: 'none', md: 'var(--sy-shadow)', lg: 'var(--sy-shadow)', xl: 'var(--sy-shadow)' },
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 32 } },
    TextInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', checkIconPosition: 'right' } },
    MultiSelect: { defaultProps: { size: 'sm' } },
    TagsInput: { defaultProps: { size: 'sm' } },
    Autocomplete: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { size: 'xs', radius: 4 } },
    Switch: { defaultProps: { size: 'sm' } },
    Badge: { defaultProps: { tt: 'none', radius: 4 } },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false, shadow: 'md', position: 'bottom-end', transitionProps: { duration: 120 } } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 120 } } },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 120 } } },
    Modal: { defaultProps: { radius: 8, transitionProps: { duration: 180, transition: 'fade' }, overlayProps: { backgroundOpacity: 1, color: 'var(--sy-veil)' } } },
    Drawer: { defaultProps: { transitionProps: { duration: 180 }, overlayProps: { backgroundOpacity: 1, color: 'var(--sy-veil)' } } },
    Anchor: { defaultProps: { underline: 'hover' } },
  },
});

/** Mantine's own names for what the tokens say, in both schemes alike. */
export const variables: CSSVariablesResolver = () => {
  const both = {
    '--mantine-color-body': 'var(--sy-surface)',
    '--mantine-color-text': 'var(--sy-text)',
    '--mantine-color-dimmed': 'var(--sy-muted)',
    '--mantine-color-placeholder': 'var(--sy-placeholder)',
    '--mantine-color-default': 'var(--sy-surface)',
    '--mantine-color-default-hover': 'var(--sy-hover)',
    '--mantine-color-default-color': 'var(--sy-text)',
    '--mantine-color-default-border': 'var(--sy-edge)',
    '--mantine-color-anchor': 'var(--sy-accent)',
    '--mantine-color-error': 'var(--sy-bad-ink)',
    '--mantine-primary-color-light': 'var(--sy-progress-soft)',
    '--mantine-primary-color-light-color': 'var(--sy-progress-ink)',
    '--mantine-color-gray-light': 'var(--sy-neutral-soft)',
    '--mantine-color-gray-light-color': 'var(--sy-neutral-ink)',
    '--mantine-color-gray-light-hover': 'var(--sy-hover)',
    '--mantine-color-disabled': 'var(--sy-sunken)',
    '--mantine-color-disabled-color': 'var(--sy-placeholder)',
    '--mantine-color-disabled-border': 'var(--sy-hairline)',
  };
  return { variables: both, light: both, dark: both };
};
