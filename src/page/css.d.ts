// esbuild takes style sheets out of the script and puts them into one of their own.
declare module '*.css';
