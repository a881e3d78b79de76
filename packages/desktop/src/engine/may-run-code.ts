/**
 * Whether opening a file may run what is in it. Browsers decide the same by lists of endings (Chromium's
 * `download_file_types`, Firefox's `ApplicationReputation`): programs, installers, scripts that a system starts on a
 * double click, shortcuts that name a program, and images of disks, which hide what came from elsewhere. All systems'
 * endings count on all of them: a list that is too long costs a look into the folder, one too short a computer.
 */
export function mayRunCode(name: string): boolean {
  // For Windows what comes behind a colon is a part of the same file.
  return name.split(':').some((part) => RUNNING.has(endingOf(part)));
}

/** The ending that a system goes by: Windows drops dots and spaces behind it. */
function endingOf(name: string): string {
  const trimmed = name.replace(/[.\s]+$/u, '').toLowerCase();
  const at = trimmed.lastIndexOf('.');
  return at === -1 ? '' : trimmed.slice(at + 1);
}

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

const RUNNING: ReadonlySet<string> = new Set([
  // Windows: programs and what they load, scripts, settings that start programs.
  ...words('exe com scr pif cpl dll drv ocx sys msi msp mst msix msixbundle appx appxbundle appinstaller'),
  ...words('bat cmd ps1 ps1xml ps2 ps2xml psc1 psc2 psd1 psm1 psrc vb vba vbe vbs vbscript js jse mjs cjs'),
  ...words('ws wsc wsf wsh sct hta msc msh msh1 msh2 mshxml msh1xml msh2xml reg inf ins isp its job'),
  ...words('lnk url website scf shb shs chm hlp gadget application appref-ms settingcontent-ms theme'),
  ...words('themepack deskthemepack library-ms search-ms searchconnector-ms diagcab diagcfg diagpkg cab rdp'),
  ...words('xbap xnk xll xlam xla wll wwl slk iqy oqy rqy ade adp mad maf mag mam maq mar mas mat mau mav'),
  ...words('maw mda mdb mde mdt mdw mdz accda accdb accde accdr ops pcd prf prg grp cnt mmc vsmacros vsw'),
  // macOS
  ...words('app command tool terminal action workflow scpt scptd applescript osx osas osax prefpane kext'),
  ...words('pkg mpkg dmg dmgpart smi cdr toast sparsebundle sparseimage mobileconfig webloc inetloc fileloc'),
  ...words('ftploc internetconnect networkconnect configprofile definition safariextz qlgenerator saver'),
  // Linux and other Unix
  ...words('sh bash csh ksh tcsh zsh fish shar run bin out elf so ko o desktop directory service appimage'),
  ...words('deb rpm apk flatpak flatpakref flatpakrepo snap pup slp'),
  // Anywhere: languages that are started by their files, and packages for programs.
  ...words('jar jnlp class py pyc pyd pyo pyw pyz pyzw pl pm rb rbw php phtml lua tcl tk swf spl'),
  ...words('crx xpi vsix air nsi iso img vhd vhdx vmdk udf wim xip xrm-ms'),
]);

/** So much of a file shows whether it is a program. */
export const HEAD_BYTES = 64;

const MAGIC: readonly Uint8Array[] = [
  Uint8Array.of(0x7f, 0x45, 0x4c, 0x46), // ELF
  Uint8Array.of(0x4d, 0x5a), // MZ: Windows and DOS
  Uint8Array.of(0x23, 0x21), // #!
  Uint8Array.of(0xfe, 0xed, 0xfa, 0xce), // Mach-O, and so on
  Uint8Array.of(0xfe, 0xed, 0xfa, 0xcf),
  Uint8Array.of(0xce, 0xfa, 0xed, 0xfe),
  Uint8Array.of(0xcf, 0xfa, 0xed, 0xfe),
  Uint8Array.of(0xca, 0xfe, 0xba, 0xbe), // and classes of Java
];

/** Where a system goes by what is in a file rather than by its name: whether its first bytes say that it is a program. */
export function looksLikeProgram(head: Uint8Array): boolean {
  if (MAGIC.some((magic) => magic.every((byte, at) => head[at] === byte))) return true;
  return Buffer.from(head).toString('latin1').includes('[Desktop Entry]');
}
