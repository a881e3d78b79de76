/** `program` is quoted as the specification wants it: what its `Exec` line would take for its own is escaped. */
export function desktopEntry(program: string): string {
  const quoted = program
    .replaceAll('%', '%%')
    .replaceAll(/[\\"`$]/g, String.raw`\$&`)
    .replaceAll('\\', '\\\\');
  return `[Desktop Entry]\nType=Application\nName=Instashare\nExec="${quoted}" --hidden\nX-GNOME-Autostart-enabled=true\n`;
}
