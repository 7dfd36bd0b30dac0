/** The mark: a colonnade whose steps are a speech bubble. */
export const Mark = ({ size = 26 }: { size?: number }) => (
  <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
    <path
      fill="currentColor"
      d="M16 2 2.5 9.2V12h27V9.2zM5 14h4v9H5zm9 0h4v9h-4zm9 0h4v9h-4zM3 25h26v3H15.5L11 31.5V28H3z"
    />
  </svg>
);
