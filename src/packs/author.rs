//! What an author does with a pack before anybody learns with it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use minisign::SecretKey;

use super::archive::{self, LIMITS, inspect};
use super::compose::{Plan, judge, refuse_faults};
use super::content::Content;
use super::format::{Contents, LARGEST_DOCUMENT, Manifest, Skill};
use super::media::is_stored;
use super::outline::Unit;
use super::packed::Packed;
use super::rules::Fault;
use super::signature::{self, WithSignature, files_of};
use super::source::Source;
use super::tree::{Folder, Tree};
use super::verify::{Known, verify};
use super::volumes::{Volumes, volume_of};
use super::watch::{Step, Watch, Watched};
use crate::error::{Error, Result};

/// Makes the file of a pack from its folder; answers where it is. Without `output` it is named after the pack's id and
/// version, in the directory where the program runs.
///
/// # Errors
/// `pack.faults`, `pack.manifest`, or that a file can't be read or written.
pub fn build(folder: &Path, output: Option<&Path>, watch: &dyn Watch) -> Result<PathBuf> {
    let tree = Folder(demand_folder(folder)?);
    make(&tree, tree.length()?, output, watch, |plan| refuse_faults(&plan.faults))
}

/// Makes the file of a pack from anything that has files, of about so many `bytes`; otherwise as [`build`]. What was made
/// by somebody else may have errors that a teacher may accept.
///
/// # Errors
/// As [`build`].
pub fn write(tree: &dyn Tree, bytes: u64, output: Option<&Path>, watch: &dyn Watch) -> Result<PathBuf> {
    make(tree, bytes, output, watch, |_| Ok(()))
}

fn make(
    tree: &dyn Tree,
    bytes: u64,
    output: Option<&Path>,
    watch: &dyn Watch,
    judge: impl FnOnce(&Plan) -> Result<()>,
) -> Result<PathBuf> {
    // Each file is read twice: for its sum, and into the archive.
    let tree = Watched::new(tree, watch, Step::Writing, 2 * bytes);
    let plan = Plan::new(&tree)?;
    judge(&plan)?;
    let output = output.map_or_else(|| PathBuf::from(&plan.name), Path::to_path_buf);
    write_beside(&output, |draft| plan.write(draft))?;
    Ok(output)
}

/// Makes a file under a name beside its own, and puts it in its place when it is whole.
fn write_beside(output: &Path, write: impl FnOnce(File) -> Result<File>) -> Result<()> {
    let mut draft = output.to_path_buf().into_os_string();
    draft.push(".new");
    let written = File::create(&draft).map_err(Error::from).and_then(|file| Ok(write(file)?.sync_all()?));
    if let Err(error) = written.and_then(|()| fs::rename(&draft, output).map_err(Error::from)) {
        // What is left of it is of no use to anybody.
        let _ = fs::remove_file(&draft);
        return Err(error);
    }
    Ok(())
}

/// What is in a pack, and what is wrong with it.
pub struct Checked {
    /// Its `pack.json`.
    pub manifest: Manifest,
    /// How much there is of everything.
    pub contents: Contents,
    /// What its structure lacks.
    pub faults: Vec<Fault>,
    /// Its lessons, in the order in which they are learned.
    pub units: Vec<Unit>,
    /// In the author's order.
    pub skills: Vec<Skill>,
    /// Bytes of every file, by its path.
    pub sizes: BTreeMap<String, u64>,
}

/// The files of a pack: of a folder, or of an archive that was judged as it is when it is installed. Of an archive in
/// volumes any of them may be named.
///
/// # Errors
/// When there is nothing, and all refusals of an archive.
pub fn open(path: &Path) -> Result<Box<dyn Tree>> {
    if path.is_dir() {
        return Ok(Box::new(Folder(path.to_owned())));
    }
    if volume_of(path).is_some() {
        return open_source(Volumes::open(&Volumes::of(path)?)?);
    }
    Ok(Box::new(open_archive(path)?))
}

/// The files of an archive wherever it lies, judged as it is when it is installed.
///
/// # Errors
/// All refusals of an archive.
pub fn open_source(source: impl Source + 'static) -> Result<Box<dyn Tree>> {
    Ok(Box::new(judge_archive(source)?))
}

fn open_archive(path: &Path) -> Result<Packed> {
    judge_archive(File::open(path).map_err(|e| no_such(path).caused_by(e))?)
}

fn judge_archive<S: Source>(source: S) -> Result<Packed<S>> {
    let entries = inspect(&source, &LIMITS)?;
    let (_, index) = verify(&source, &entries, &Known::new())?;
    Ok(Packed::new(source.into(), index))
}

/// What a pack says of itself.
///
/// # Errors
/// When it is not as the format says.
pub fn read_manifest(tree: &dyn Tree) -> Result<Manifest> {
    Manifest::read(&tree.read("pack.json", LARGEST_DOCUMENT)?)
}

/// Looks a pack over.
///
/// # Errors
/// When a document can't be read at all.
pub fn check(tree: &dyn Tree) -> Result<Checked> {
    let content = Content::read(tree)?;
    let faults = judge(&content);
    let mut sizes = BTreeMap::new();
    for path in &content.paths {
        sizes.insert(path.clone(), tree.size(path)?);
    }
    let contents = content.count(sizes.values().sum());
    let Content { manifest, outline, skills, .. } = content;
    Ok(Checked { manifest, contents, faults, units: outline.units, skills: skills.skills, sizes })
}

/// Adds a signature to a pack file.
///
/// # Errors
/// `pack.signature-unreadable`; all refusals of an archive; that the file can't be written.
pub fn add_signature(file: &Path, signature: &str, public: Option<&str>) -> Result<()> {
    add(file, files_of(signature, public)?.into_iter().collect())
}

/// Signs a pack file.
///
/// # Errors
/// As [`add_signature`].
pub fn sign(file: &Path, secret: &SecretKey) -> Result<()> {
    let packed = open_archive(file)?;
    let manifest = packed.read("pack.json", LARGEST_DOCUMENT)?;
    let name = Manifest::read(&manifest)?;
    let comment = format!("{} {}", name.id, name.version);
    add(file, signature::sign(&manifest, secret, &comment)?)
}

/// Writes the archive anew, with more files in it.
fn add(file: &Path, added: BTreeMap<String, Vec<u8>>) -> Result<()> {
    let packed = open_archive(file)?;
    let tree = WithSignature { tree: &packed, added };
    let paths = tree.paths()?;
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    write_beside(file, |draft| archive::write(draft, &tree, &paths, is_stored))
}

fn demand_folder(folder: &Path) -> Result<PathBuf> {
    if folder.is_dir() { Ok(folder.to_owned()) } else { Err(no_such(folder)) }
}

fn no_such(path: &Path) -> Error {
    let sentence = format!("There is no pack at {}. Give the folder that holds pack.json.", path.display());
    Error::not_found("pack.nothing-there", sentence).with("path", path.display())
}
